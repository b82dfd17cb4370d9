import type { Priority } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import type { HistoryLimits } from '../../store.js';
import { numbers, type SqlDialect } from '../sql-database.js';
import type { LogTable, Tables } from '../tables.js';
import { together } from '../together.js';
import { type Leaving, leaveInboxes } from './leave-inboxes.js';
import { changeShares, type ShareChange } from './shares.js';

/** Most entries dropped in one transaction, so that appends do not wait for long. */
const SLICE = 500;
/** Most places of one lane that are removed in one transaction; the next one goes on. */
const PLACES_SLICE = 2000;
/** Owners that lose entries in one transaction. */
const OWNERS_AT_ONCE = 100;
/** Excess over a limit before anything is dropped, as a part of the limit: so that entries are dropped many at a time. */
const EXCESS = 0.1;
/** Bytes that an entry takes of which only its places are left. */
const EMPTIED_BYTES = 300;
/** Lanes without entries whose heads are kept. Anybody can choose names of topics. */
const EMPTY_LANES_MAX = 10_000;

interface Dropped {
  readonly no: number;
  readonly owner: string;
  readonly bytes: number;
}

/** An owner's share of the history; its weight is in bytes. */
interface Share {
  readonly owner: string;
  readonly count: number;
  readonly weight: number;
}

/**
 * Spreads a number of entries over the largest shares, so that those become equally large.
 * @param shares the largest first, none empty
 * @returns the owners that lose some, with their numbers of entries, each at least 1
 */
export function surplusOf(shares: readonly Share[], count: number): { owner: string; surplus: number }[] {
  let entries = 0;
  let entriesPerByte = 0;
  let level = 0;
  for (const [n, share] of shares.entries()) {
    entries += share.count;
    entriesPerByte += share.count / share.weight;
    // The weight that these shares have without `count` entries, if that is not below the next share.
    level = (entries - count) / entriesPerByte;
    if (level >= (shares[n + 1]?.weight ?? 0)) break;
  }
  return shares
    .filter(({ weight }) => weight > level)
    .map(({ owner, count, weight }) => ({
      owner,
      surplus: Math.ceil((count * (weight - Math.max(0, level))) / weight),
    }));
}

/**
 * Keeps the history within its limits: the owner with the largest share loses its oldest entries, so that nobody can
 * push out the entries of others. Other entries do not push out notifications.
 */
export class Retention {
  constructor(
    private readonly dialect: SqlDialect,
    private readonly limits: HistoryLimits,
  ) {}

  /** Whether `trim` would drop any. */
  isExceeded(log: LogTable): boolean {
    const { notification_count, notification_bytes, other_count, other_bytes } = log;
    return (
      this.#excess(notification_count, notification_bytes, 0.75) > 0 || this.#excess(other_count, other_bytes, 0.25) > 0
    );
  }

  /** Drops a slice of the entries beyond the limits. @returns whether it dropped any, so that another slice may follow */
  async trim(db: Transaction<Tables>): Promise<boolean> {
    const log = await db.selectFrom('log').selectAll().executeTakeFirstOrThrow();
    const notifications = this.#excess(log.notification_count, log.notification_bytes, 0.75);
    const oldest = notifications > 0 ? await this.#oldest(db, 1, notifications) : [];
    if (oldest.length > 0) await this.#dropNotifications(db, oldest);
    const others = this.#excess(log.other_count, log.other_bytes, 0.25);
    const oldestOthers = others > 0 ? await this.#oldest(db, 0, others) : [];
    if (oldestOthers.length > 0) await this.#dropOthers(db, oldestOthers);
    return oldest.length + oldestOthers.length > 0;
  }

  /**
   * Drops a slice of the entries with smaller ids, the oldest first: then none leaves a retraction behind older ones.
   * @returns whether there may be more
   */
  async trimBefore(db: Transaction<Tables>, id: string): Promise<boolean> {
    const oldest = await db
      .selectFrom('entries')
      .select(['no', 'id', 'is_notification', 'owner', 'bytes'])
      .orderBy('no')
      .limit(SLICE)
      .execute();
    // Ids ascend with the numbers.
    const dropped = oldest.filter((entry) => entry.id < id);
    const notifications = dropped.filter((entry) => entry.is_notification === 1);
    const others = dropped.filter((entry) => entry.is_notification === 0);
    if (notifications.length > 0) await this.#dropNotifications(db, notifications);
    if (others.length > 0) await this.#dropOthers(db, others);
    return dropped.length > 0;
  }

  /** Number of entries to drop now. @param part of the bytes for this kind of entries */
  #excess(count: number, bytes: number, part: number): number {
    const limit = this.limits.bytes * part;
    if (count <= this.limits.count * (1 + EXCESS) && bytes <= limit * (1 + EXCESS)) return 0;
    const tooLarge = Math.ceil(count * Math.max(0, 1 - limit / bytes));
    return Math.min(SLICE, Math.max(count - this.limits.count, tooLarge, 1));
  }

  /** The oldest entries of the owners with the largest shares, so that these shares become equally large. */
  async #oldest(db: Transaction<Tables>, isNotification: number, count: number): Promise<Dropped[]> {
    const unit = this.limits.bytes / this.limits.count;
    const { rows } = await sql<Share>`
      SELECT owner, count, bytes + count * CAST(${unit} AS double precision) AS weight FROM shares
      WHERE is_notification = ${isNotification} AND count > 0 ORDER BY weight DESC LIMIT ${OWNERS_AT_ONCE}`.execute(db);
    const dropped = await together(
      surplusOf(rows, count).map(({ owner, surplus }) =>
        db
          .selectFrom('entries')
          .select(['no', 'owner', 'bytes'])
          .where('is_notification', '=', isNotification)
          .where('owner', '=', owner)
          .orderBy('no')
          .limit(surplus)
          .execute(),
      ),
    );
    return dropped.flat();
  }

  /** A dropped notification leaves a retraction in its places while their lanes hold older entries. */
  async #dropNotifications(db: Transaction<Tables>, dropped: readonly Dropped[]): Promise<void> {
    const nos = numbers(
      this.dialect,
      dropped.map(({ no }) => no),
    );
    const { rows: leaving } = await sql<Leaving>`
      SELECT no, audience, category, requires_ack AS "requiresAck" FROM notifications WHERE no IN ${nos}`.execute(db);
    await leaveInboxes(db, this.dialect, leaving);
    const { rows: moved } = await sql<Dropped>`
      UPDATE entries SET entry = NULL, is_notification = 0, owner = 'sent by ' || owner, bytes = ${EMPTIED_BYTES}
      WHERE no IN ${nos} RETURNING no, owner, bytes`.execute(db);
    await changeShares(db, this.dialect, [
      ...dropped.map(({ owner, bytes }): ShareChange => ({ isNotification: 1, owner, bytes, by: -1 })),
      ...moved.map(({ owner, bytes }): ShareChange => ({ isNotification: 0, owner, bytes, by: 1 })),
    ]);
    const { rows: lanes } = await sql<{ channel: string; lane: Priority; offset: number }>`
      SELECT channel, lane, max("offset") AS "offset" FROM places WHERE no IN ${nos} GROUP BY channel, lane
    `.execute(db);
    for (const { channel, lane, offset } of lanes) {
      const { rows } = await sql<{ offset: number }>`
        SELECT p."offset" FROM places p JOIN entries e ON e.no = p.no
        WHERE p.channel = ${channel} AND p.lane = ${lane} AND p."offset" <= ${offset} AND e.is_notification = 1
        ORDER BY p."offset" LIMIT 1`.execute(db);
      await this.#trimLane(db, channel, lane, Math.min(offset, (rows[0]?.offset ?? Infinity) - 1));
    }
  }

  /** Lanes are trimmed up to the dropped entries, so they stay without holes. */
  async #dropOthers(db: Transaction<Tables>, dropped: readonly Dropped[]): Promise<void> {
    const nos = numbers(
      this.dialect,
      dropped.map(({ no }) => no),
    );
    const { rows: lanes } = await sql<{ channel: string; lane: Priority; offset: number }>`
      SELECT channel, lane, max("offset") AS "offset" FROM places WHERE no IN ${nos} GROUP BY channel, lane
    `.execute(db);
    for (const { channel, lane, offset } of lanes) await this.#trimLane(db, channel, lane, offset);
    // Entries that lost their places earlier.
    await this.#dropPlaceless(db, nos);
  }

  /** Removes the oldest places of a lane. */
  async #trimLane(db: Transaction<Tables>, channel: string, lane: Priority, upTo: number): Promise<void> {
    const { rows } = await sql<{ no: number }>`
      DELETE FROM places WHERE channel = ${channel} AND lane = ${lane} AND "offset" IN (
        SELECT "offset" FROM places WHERE channel = ${channel} AND lane = ${lane} AND "offset" <= ${upTo}
        ORDER BY "offset" LIMIT ${PLACES_SLICE})
      RETURNING no`.execute(db);
    if (rows.length === 0) return;
    await this.#dropReceived(db, channel, lane, upTo);
    const nos = rows.map(({ no }) => no);
    await this.#dropPlaceless(db, numbers(this.dialect, nos));
  }

  /** Drops reports about what a lane no longer holds; the next slice goes on. */
  async #dropReceived(db: Transaction<Tables>, channel: string, lane: Priority, upTo: number): Promise<void> {
    await sql`
      DELETE FROM received WHERE (channel, lane, username, first) IN (
        SELECT channel, lane, username, first FROM received
        WHERE channel = ${channel} AND lane = ${lane} AND last <= (
          SELECT coalesce(min("offset") - 1, ${upTo}) FROM places WHERE channel = ${channel} AND lane = ${lane})
        LIMIT ${PLACES_SLICE})`.execute(db);
  }

  /** A notification stays in inboxes when it has left the log. */
  async #dropPlaceless(db: Transaction<Tables>, nos: ReturnType<typeof sql>): Promise<void> {
    const { rows } = await sql<{ owner: string; bytes: number }>`
      DELETE FROM entries WHERE no IN ${nos} AND is_notification = 0
        AND NOT EXISTS (SELECT 1 FROM places WHERE places.no = entries.no)
      RETURNING owner, bytes`.execute(db);
    await changeShares(
      db,
      this.dialect,
      rows.map(({ owner, bytes }): ShareChange => ({ isNotification: 0, owner, bytes, by: -1 })),
    );
  }

  /**
   * Removes what nothing refers to any more: empty counts and shares, audiences and sets of recipients without
   * notifications, and the heads of empty lanes once they are too many.
   */
  async tidy(db: Transaction<Tables>): Promise<void> {
    await sql`DELETE FROM shares WHERE count = 0`.execute(db);
    await sql`DELETE FROM mark_counts WHERE count = 0`.execute(db);
    await sql`DELETE FROM audience_counts WHERE count = 0`.execute(db);
    await sql`
      DELETE FROM audiences WHERE NOT EXISTS (SELECT 1 FROM audience_counts c WHERE c.audience = audiences.no)
    `.execute(db);
    await sql`
      DELETE FROM audience_channels WHERE NOT EXISTS (SELECT 1 FROM audiences a WHERE a.no = audience)`.execute(db);
    await sql`
      DELETE FROM recipient_sets WHERE NOT EXISTS (SELECT 1 FROM notifications n WHERE n.recipients = recipient_sets.no)
    `.execute(db);
    await this.#dropEmptyLanes(db);
  }

  /** A dropped lane starts again behind the highest head of all dropped lanes, so no offset is used twice. */
  async #dropEmptyLanes(db: Transaction<Tables>): Promise<void> {
    const empty = sql`
      NOT EXISTS (SELECT 1 FROM places p WHERE p.channel = lanes.channel AND p.lane = lanes.lane)`;
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM lanes WHERE ${empty}`.execute(db);
    if ((rows[0]?.count ?? 0) <= EMPTY_LANES_MAX) return;
    await sql`
      UPDATE log SET forgotten = (
        SELECT max(offsets.value) FROM (
          SELECT forgotten AS value UNION ALL SELECT max(head) FROM lanes WHERE ${empty}) offsets)`.execute(db);
    await sql`DELETE FROM lanes WHERE ${empty}`.execute(db);
  }
}
