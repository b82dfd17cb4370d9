import type { Notification } from '@herald/protocol';
import type { Transaction } from 'kysely';
import type { AppendTotals } from '../../append-totals.js';
import type { Addressed, Stored } from '../../notification-repository.js';
import { type KeyedRequest, RequestDone } from '../../request-repository.js';
import { StoreUnavailable } from '../../store-errors.js';
import { isDone, keep } from '../keyed-requests.js';
import type { Tables } from '../tables.js';
import type { Transactions } from '../transactions.js';
import type { Appended, Appending } from './appending.js';

/** Most entries stored by the same statements. */
const TOGETHER_MAX = 500;

interface Waiting {
  readonly items: readonly Addressed[];
  readonly request: KeyedRequest | undefined;
  readonly resolve: (stored: Stored[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The waiting appends that a transaction has stored. */
interface Batch {
  readonly stored: readonly Waiting[];
  readonly alreadyDone: readonly Waiting[];
  readonly appended: Appended;
}

/** Stores the appends that wait for a transaction by the same few statements, which cost nearly as much as for one. */
export class AppendQueue {
  #waiting: Waiting[] = [];

  /** @param tell called with what is committed, in the order of commits */
  constructor(
    private readonly transactions: Transactions,
    private readonly appending: Appending,
    private readonly tell: (appended: Appended) => void,
    private readonly totals: AppendTotals,
  ) {}

  /** @throws RequestDone */
  add(items: readonly Addressed[], request: KeyedRequest | undefined): Promise<Stored[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, request, resolve, reject });
      this.totals.waiting = this.#waiting.length;
      if (this.#waiting.length === 1) void this.#store();
    });
  }

  async #store(): Promise<void> {
    // Taken when the transaction begins, and the same again if that is repeated.
    let batch: readonly Waiting[] | undefined;
    try {
      await this.transactions.run(
        (db) => this.#storeBatch(db, (batch ??= this.#take())),
        (done) => this.#settle(done),
      );
    } catch (error) {
      for (const { reject } of batch ?? this.#take()) reject(error);
      // Those that wait would wait as long again.
      if (error instanceof StoreUnavailable) for (const { reject } of this.#waiting.splice(0)) reject(error);
    }
  }

  #take(): Waiting[] {
    let left = TOGETHER_MAX;
    const end = this.#waiting.findIndex(({ items }, n) => (left -= items.length) < 0 && n > 0);
    const taken = this.#waiting.slice(0, end < 0 ? this.#waiting.length : end);
    this.#waiting = this.#waiting.slice(taken.length);
    this.totals.waiting = this.#waiting.length;
    if (this.#waiting.length > 0) void this.#store();
    return taken;
  }

  async #storeBatch(db: Transaction<Tables>, batch: readonly Waiting[]): Promise<Batch> {
    const stored: Waiting[] = [];
    const alreadyDone: Waiting[] = [];
    const keys = new Set<string>();
    for (const waiting of batch) {
      const key = waiting.request && JSON.stringify([waiting.request.sender, waiting.request.key]);
      const isRepeated = key !== undefined && (keys.has(key) || (await isDone(db, waiting.request)));
      if (key !== undefined) keys.add(key);
      (isRepeated ? alreadyDone : stored).push(waiting);
    }
    const appended = await this.appending.append(
      db,
      stored.flatMap(({ items }) => items),
    );
    let from = 0;
    for (const { items, request } of stored) {
      await keep(db, request, notificationsIn(appended.items.slice(from, from + items.length)));
      from += items.length;
    }
    return { stored, alreadyDone, appended };
  }

  #settle({ stored, alreadyDone, appended }: Batch): void {
    this.totals.committed.add(appended.all.length);
    this.tell(appended);
    let from = 0;
    for (const { items, resolve } of stored) {
      resolve(appended.items.slice(from, from + items.length));
      from += items.length;
    }
    for (const { reject } of alreadyDone) reject(new RequestDone());
  }
}

function notificationsIn(stored: readonly Stored[]): Notification[] {
  return stored.flatMap(({ entry }) => (entry.event === 'notification' ? [entry.data] : []));
}
