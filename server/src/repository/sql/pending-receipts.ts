import type { Priority } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import { OffsetRanges } from '../offset-ranges.js';
import type { Stretch } from '../notification-repository.js';
import { StoreUnavailable } from '../store-errors.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';

/** Time during which reports are gathered. A crash loses at most these. */
const GATHERED_MS = 1000;
/** People and lanes whose reports are gathered at most. */
const PENDING_MAX = 5000;

/** Entries of a lane that a person has received. */
interface Received {
  readonly channel: string;
  readonly lane: Priority;
  readonly username: string;
  readonly ranges: OffsetRanges;
}

interface Range {
  readonly channel: string;
  readonly lane: Priority;
  readonly username: string;
  readonly first: number;
  readonly last: number;
}

/** Gathers reports of received entries, of which each delivery makes one, and stores them together. */
export class PendingReceipts {
  #pending = new Map<string, Received>();
  #timer: NodeJS.Timeout | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor(private readonly database: SqlDatabase) {}

  add(username: string, stretch: Stretch): void {
    this.#keep(username, stretch);
    if (this.#pending.size >= PENDING_MAX) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), GATHERED_MS).unref();
  }

  #keep(username: string, { channel, lane, from, to }: Stretch): void {
    // While the store does not work, only so many are kept.
    if (this.#pending.size < PENDING_MAX) gather(this.#pending, { channel, lane, username, first: from, last: to });
  }

  forget(username: string): void {
    for (const [key, received] of this.#pending) if (received.username === username) this.#pending.delete(key);
  }

  /** Resolves when all reports so far are stored, or are gathered again because the store does not work. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pending = [...this.#pending.values()];
    this.#pending = new Map();
    if (pending.length > 0) this.#flushed = this.#flush(pending);
    await this.#flushed;
  }

  async #flush(pending: readonly Received[]): Promise<void> {
    try {
      await this.database.transactions.run((db) => this.#store(db, pending));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) {
        process.emitWarning(error as Error);
        return;
      }
      for (const { channel, lane, username, ranges } of pending) {
        for (const [from, to] of ranges) this.#keep(username, { channel, lane, from, to });
      }
    }
  }

  async #store(db: Transaction<Tables>, pending: readonly Received[]): Promise<void> {
    const { each } = this.database.dialect;
    const added = pending.flatMap(({ ranges, ...whose }) =>
      [...ranges].map(([first, last]): Range => ({ ...whose, first, last })),
    );
    // Ranges that touch the new ones become one with them.
    const { rows: touched } = await sql<Range>`
      SELECT DISTINCT r.* FROM ${each(JSON.stringify(added))} a
      JOIN received r ON r.channel = a.value ->> 'channel' AND r.lane = a.value ->> 'lane'
        AND r.username = a.value ->> 'username'
      WHERE r.first <= CAST(a.value ->> 'last' AS bigint) + 1 AND r.last >= CAST(a.value ->> 'first' AS bigint) - 1
    `.execute(db);
    const columns = sql`
      value ->> 'channel', value ->> 'lane', value ->> 'username', CAST(value ->> 'first' AS bigint)`;
    if (touched.length > 0) {
      await sql`
        DELETE FROM received WHERE (channel, lane, username, first) IN (
          SELECT ${columns} FROM ${each(JSON.stringify(touched))})`.execute(db);
    }
    await sql`
      INSERT INTO received (channel, lane, username, first, last)
      SELECT ${columns}, CAST(value ->> 'last' AS bigint) FROM ${each(JSON.stringify(merged(added, touched)))}
    `.execute(db);
  }
}

/** Adds a range to those of its person and lane. */
function gather(received: Map<string, Received>, { channel, lane, username, first, last }: Range): void {
  const key = JSON.stringify([channel, lane, username]);
  const known = received.get(key) ?? { channel, lane, username, ranges: new OffsetRanges() };
  received.set(key, known);
  known.ranges.add(first, last);
}

function merged(added: readonly Range[], touched: readonly Range[]): Range[] {
  const byPerson = new Map<string, Received>();
  for (const range of [...added, ...touched]) gather(byPerson, range);
  return [...byPerson.values()].flatMap(({ ranges, ...whose }) =>
    [...ranges].map(([first, last]) => ({ ...whose, first, last })),
  );
}
