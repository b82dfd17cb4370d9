import { type Notification, PRIORITIES, type Priority } from '@herald/protocol';
import { sql } from 'kysely';
import type { AppendTotals } from '../../append-totals.js';
import {
  type Addressed,
  type EntryIds,
  type Heads,
  type LaneHead,
  type LaneHeads,
  type LogListener,
  type LogPage,
  NotificationRepository,
  type Place,
  type Stored,
} from '../../notification-repository.js';
import { StoreUnavailable } from '../../store-errors.js';
import type { HistoryLimits } from '../../store.js';
import { firstWithin } from '../../first-within.js';
import { firstIdAt } from '../../ids-by-time.js';
import type { KeyedRequest } from '../../request-repository.js';
import type { NewHead, SqlDatabase } from '../sql-database.js';
import type { Tables } from '../tables.js';
import type { Kysely, Transaction } from 'kysely';
import { AppendQueue } from './append-queue.js';
import { type Appended, Appending } from './appending.js';
import { logEntryOf, notificationIn, type PlaceRow } from './entry-rows.js';
import { Retention } from './retention.js';

/** Slices of retention between two removals of what nothing refers to any more. */
const TIDY_EVERY = 20;

/** The log in the tables of a database. */
export class SqlNotificationRepository extends NotificationRepository {
  readonly #listeners = new Set<LogListener>();
  readonly #appending: Appending;
  readonly #queue: AppendQueue;
  readonly #retention: Retention;
  #isTrimming = false;
  #isClosing = false;
  #slices = 0;

  constructor(
    private readonly database: SqlDatabase,
    limits: HistoryLimits,
    totals: AppendTotals,
  ) {
    super();
    this.#appending = new Appending(database.dialect);
    this.#queue = new AppendQueue(database.transactions, this.#appending, (appended) => this.tell(appended), totals);
    this.#retention = new Retention(database.dialect, limits);
  }

  override appendAll(items: readonly Addressed[], request?: KeyedRequest): Promise<Stored[]> {
    return this.#queue.add(items, request);
  }

  /** Appends within a transaction of another part of the store, which calls `tell` once that is committed. */
  appendIn(db: Transaction<Tables>, items: readonly Addressed[]): Promise<Appended> {
    return this.#appending.append(db, items);
  }

  /** Reports committed entries to the listeners, and trims the history if it has grown too long. */
  tell({ all, epoch, log }: Appended): void {
    for (const stored of all) for (const listener of this.#listeners) listener.appended(stored, epoch);
    if (log !== undefined && this.#retention.isExceeded(log)) void this.#trim();
  }

  /** Reports the newest entry of a lane, which another process has stored. */
  reportHead({ channel, lane, offset, id }: NewHead, epoch: string): void {
    for (const listener of this.#listeners) listener.headAdvanced?.(channel, lane, { offset, id }, epoch);
  }

  /** Reports that the log has another epoch. */
  beginAnew(epoch: string): void {
    for (const listener of this.#listeners) listener.epochChanged?.(epoch);
  }

  override retract(id: string): Promise<boolean> {
    return this.database.transactions
      .run(
        async (db) => {
          const { rows } = await sql<{ channels: string; priority: Priority }>`
            SELECT a.channels, n.priority FROM notifications n JOIN audiences a ON a.no = n.audience
            WHERE n.id = ${id}`.execute(db);
          const [found] = rows;
          if (found === undefined) return undefined;
          const data = { lane: found.priority, notificationId: id };
          const channels = JSON.parse(found.channels) as string[];
          return this.appendIn(db, [{ channels, entry: { event: 'retract', data } }]);
        },
        (appended) => {
          if (appended !== undefined) this.tell(appended);
        },
      )
      .then((appended) => appended !== undefined);
  }

  override async heads(channels: readonly string[]): Promise<Heads> {
    const { texts } = this.database.dialect;
    const { rows } = await sql<{
      epoch: string;
      forgotten: number;
      channel: string | null;
      lane: Priority;
      head: number;
      id: string | null;
    }>`
      SELECT log.epoch, log.forgotten, l.channel, l.lane, l.head, e.id FROM log
      LEFT JOIN lanes l ON l.channel IN (SELECT value FROM ${texts(JSON.stringify(channels))})
      LEFT JOIN places p ON p.channel = l.channel AND p.lane = l.lane AND p."offset" = l.head
      LEFT JOIN entries e ON e.no = p.no`.execute(this.database.reads);
    const [{ epoch, forgotten }] = rows as [(typeof rows)[0]];
    const never: LaneHead = { offset: forgotten, id: null };
    const heads = new Map(
      channels.map((channel) => [channel, Object.fromEntries(PRIORITIES.map((lane) => [lane, never])) as HeadsByLane]),
    );
    for (const { channel, lane, head, id } of rows) {
      const known = heads.get(channel ?? '');
      if (known !== undefined) known[lane] = { offset: head, id };
    }
    return { epoch, channels: heads };
  }

  override async idsAt(places: readonly Place[]): Promise<EntryIds> {
    const { each } = this.database.dialect;
    const asked = places.map(({ channel, lane, offset }, n) => ({ n, channel, lane, offset }));
    const { rows } = await sql<{ epoch: string; n: number | null; id: string | null }>`
      SELECT log.epoch, asked.n, e.id FROM log LEFT JOIN (
        SELECT CAST(value ->> 'n' AS integer) AS n, value ->> 'channel' AS channel, value ->> 'lane' AS lane,
          CAST(value ->> 'offset' AS bigint) AS "offset"
        FROM ${each(JSON.stringify(asked))}) asked ON true
      LEFT JOIN places p ON p.channel = asked.channel AND p.lane = asked.lane AND p."offset" = asked."offset"
      LEFT JOIN entries e ON e.no = p.no`.execute(this.database.reads);
    const ids: (string | null)[] = places.map(() => null);
    for (const { n, id } of rows) if (n !== null) ids[n] = id;
    return { epoch: rows[0]?.epoch ?? '', ids };
  }

  override async read(
    channel: string,
    lane: Priority,
    from: number,
    limit: number,
    bytes = Infinity,
  ): Promise<LogPage> {
    return this.database.reads
      .transaction()
      .setAccessMode('read only')
      .execute(async (db) => {
        const { epoch } = await db.selectFrom('log').select('epoch').executeTakeFirstOrThrow();
        const { rows } = await sql<PlaceRow>`
        SELECT "offset", id, entry FROM (
          SELECT p."offset", e.id, e.entry,
            sum(coalesce(length(e.entry), 0)) OVER (ORDER BY p."offset") - coalesce(length(e.entry), 0) AS before
          FROM places p JOIN entries e ON e.no = p.no
          WHERE p.channel = ${channel} AND p.lane = ${lane} AND p."offset" >= ${from}
          ORDER BY p."offset" LIMIT ${limit}) page
        WHERE before <= ${Math.min(bytes, Number.MAX_SAFE_INTEGER)}`.execute(db);
        const entries = rows.map((row) => logEntryOf(row, channel, lane));
        return { epoch, entries: firstWithin(bytes, entries) };
      });
  }

  override async find(id: string): Promise<Notification | undefined> {
    const { rows } = await sql<{ entry: string }>`
      SELECT e.entry FROM notifications n JOIN entries e ON e.no = n.no WHERE n.id = ${id}`.execute(
      this.database.reads,
    );
    return rows[0] && notificationIn(rows[0].entry);
  }

  override async sentBy(senders: readonly string[], limit: number, before?: string): Promise<Notification[]> {
    const { reads, dialect } = this.database;
    // The newest of each sender, and the newest of those: all of them may be most of the history.
    const newest = dialect.fromEach(
      senders,
      (sender) => sql`
        SELECT n.no FROM notifications n WHERE n.sender = ${sender} AND n.no < ${noBefore(before)}
        ORDER BY n.no DESC LIMIT ${limit}`,
    );
    const { rows } = await sql<{ entry: string }>`
      SELECT e.entry FROM (SELECT n.no FROM ${newest} ORDER BY n.no DESC LIMIT ${limit}) w
      JOIN entries e ON e.no = w.no ORDER BY w.no DESC`.execute(reads);
    return rows.map(({ entry }) => notificationIn(entry));
  }

  override async nextExpiry(after: string): Promise<string | undefined> {
    const { rows } = await sql<{ at: string | null }>`
      SELECT min(expires_at) AS at FROM notifications WHERE expires_at > ${after}`.execute(this.database.reads);
    return rows[0]?.at ?? undefined;
  }

  override async expiredBy(now: string, limit: number): Promise<Notification[]> {
    const { rows } = await sql<{ entry: string }>`
      SELECT e.entry FROM notifications n JOIN entries e ON e.no = n.no
      WHERE n.expires_at <= ${now} ORDER BY n.expires_at, n.no LIMIT ${limit}`.execute(this.database.reads);
    return rows.map(({ entry }) => notificationIn(entry));
  }

  override async dropBefore(instant: string): Promise<void> {
    const id = firstIdAt(instant);
    while (!this.#isClosing && (await this.#slice((db) => this.#retention.trimBefore(db, id))));
  }

  override follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends trimming after the current slice. */
  stopTrimming(): void {
    this.#isClosing = true;
  }

  /** Trims the history in slices, with appends between them. A slice that failed is tried again after the next append. */
  async #trim(): Promise<void> {
    if (this.#isTrimming) return;
    this.#isTrimming = true;
    try {
      while (!this.#isClosing && (await this.#slice((db) => this.#retention.trim(db))));
    } catch (error) {
      // The append that comes next reports a store that does not work.
      if (!(error instanceof StoreUnavailable)) process.emitWarning(error as Error);
    } finally {
      this.#isTrimming = false;
    }
  }

  /** Also removes, now and then, what nothing refers to any more. @returns whether another slice may follow */
  #slice(trim: (db: Transaction<Tables>) => Promise<boolean>): Promise<boolean> {
    return this.database.transactions.run(async (db) => {
      const isMore = await trim(db);
      if (isMore && ++this.#slices % TIDY_EVERY === 0) await this.#retention.tidy(db);
      return isMore;
    });
  }
}

type HeadsByLane = { -readonly [Lane in Priority]: LaneHeads[Lane] };

/** Upper bound of the numbers of entries with smaller ids than this one, which need not exist any more. */
export function noBefore(id: string | undefined): ReturnType<typeof sql<number>> {
  return id === undefined
    ? sql<number>`${Number.MAX_SAFE_INTEGER}`
    : sql<number>`coalesce((SELECT b.no FROM notifications b WHERE b.id >= ${id} ORDER BY b.id LIMIT 1), ${Number.MAX_SAFE_INTEGER})`;
}

/** Id of the newest entry that this database shows. */
export async function lastIdIn(db: Kysely<Tables>): Promise<string> {
  return (await db.selectFrom('log').select('last_id').executeTakeFirstOrThrow()).last_id;
}
