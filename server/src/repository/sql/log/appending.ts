import type { Priority } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import { continueAfter } from '../../new-id.js';
import type { Addressed, LogEntry, Stored } from '../../notification-repository.js';
import type { NewHead, SqlDialect } from '../sql-database.js';
import type { LogTable, Tables } from '../tables.js';
import { type Draft, draftOf, laneOfDraft } from './entry-rows.js';
import { enterInboxes } from './enter-inboxes.js';
import { type Leaving, leaveInboxes } from './leave-inboxes.js';
import { inParts, keyIn, keyOf } from './parts.js';
import { together } from '../together.js';
import { changeShares, type ShareChange } from './shares.js';

/** A notification in inboxes that another entry removes. */
interface Found extends Leaving {
  readonly id: string;
  readonly sender: string;
  readonly key: string | null;
  readonly priority: Priority;
  readonly channels: string;
  /** Share of the history in which it counts. */
  readonly share: string;
  readonly bytes: number;
}

/** Entries that were stored together. */
export interface Appended {
  readonly epoch: string;
  /** The log before the last of them. */
  readonly log: LogTable | undefined;
  /** Each item as stored, in their order. */
  readonly items: readonly Stored[];
  /** The same with the retractions that replacements cause, in the order of their ids. */
  readonly all: readonly Stored[];
}

/** Appends entries within a transaction of the caller. */
export class Appending {
  constructor(private readonly dialect: SqlDialect) {}

  async append(db: Transaction<Tables>, items: readonly Addressed[]): Promise<Appended> {
    const appended: Stored[] = [];
    const all: Stored[] = [];
    let log: LogTable | undefined;
    for (const part of inParts(items)) {
      const done = await this.#appendPart(db, part);
      ({ log } = done);
      for (const stored of done.items) appended.push(stored);
      for (const stored of done.all) all.push(stored);
    }
    return { epoch: log?.epoch ?? '', log, items: appended, all };
  }

  async #appendPart(db: Transaction<Tables>, items: readonly Addressed[]): Promise<Appended> {
    // Each item may need a number for itself, a retraction, an audience and a set of recipients.
    const log = await this.#begin(db, 4 * items.length);
    const leaving = await this.#findLeaving(db, items);
    let no = log.last_no - 4 * items.length;
    const drafts: Draft[] = [];
    const own: Draft[] = [];
    for (const item of items) {
      const replaced = leaving.get(keyIn(item) ?? '');
      const draft = draftOf(++no, item, replaced?.id);
      own.push(draft);
      drafts.push(draft);
      const channels = channelsIn(replaced).filter((channel) => !item.channels.includes(channel));
      if (replaced === undefined || channels.length === 0) continue;
      const data = { lane: replaced.priority, notificationId: replaced.id };
      drafts.push(draftOf(++no, { channels, entry: { event: 'retract', data } }));
    }
    await this.#leave(db, [...new Set(leaving.values())]);
    const places = await this.#store(db, drafts, log, no);
    const storedOf = (draft: Draft): Stored => ({ entry: draft.entry, places: places.get(draft) ?? [] });
    return { epoch: log.epoch, log, items: own.map(storedOf), all: drafts.map(storedOf) };
  }

  /** Takes numbers for the transaction; others wait until it ends, so that ids become visible in their order. */
  async #begin(db: Transaction<Tables>, numbers: number): Promise<LogTable> {
    const { rows } = await sql<LogTable>`
      UPDATE log SET last_no = last_no + ${numbers} RETURNING *`.execute(db);
    const [log] = rows;
    if (log === undefined) throw new Error('the log has a row');
    continueAfter(log.last_id);
    return log;
  }

  /** The notifications in inboxes that these items replace, by `keyOf`, or retract, by id. */
  async #findLeaving(db: Transaction<Tables>, items: readonly Addressed[]): Promise<ReadonlyMap<string, Found>> {
    const keys = items.flatMap(({ entry: { event, data } }) =>
      event === 'notification' && data.key !== undefined ? [{ sender: data.sender, key: data.key }] : [],
    );
    const ids = items.flatMap(({ entry: { event, data } }) => (event === 'retract' ? [data.notificationId] : []));
    if (keys.length + ids.length === 0) return new Map();
    const { each, texts } = this.dialect;
    const columns = sql`
      SELECT n.no, n.id, n.sender, n.key, n.priority, n.audience, n.category,
        n.requires_ack AS "requiresAck", a.channels, e.owner AS share, e.bytes
      FROM notifications n JOIN audiences a ON a.no = n.audience JOIN entries e ON e.no = n.no`;
    const { rows } = await sql<Found>`
      ${columns} WHERE n.id IN (SELECT value FROM ${texts(JSON.stringify(ids))})
      UNION
      ${columns} WHERE n.no IN (
        SELECT k.no FROM ${each(JSON.stringify(keys))} wanted
        JOIN notifications k ON k.sender = wanted.value ->> 'sender' AND k.key = wanted.value ->> 'key')`.execute(db);
    return new Map(
      rows.flatMap((found) => [
        [found.id, found] as const,
        ...(found.key === null ? [] : [[keyOf(found.sender, found.key), found] as const]),
      ]),
    );
  }

  /** The entries of the notifications count among other entries from now on. */
  async #leave(db: Transaction<Tables>, left: readonly Found[]): Promise<void> {
    if (left.length === 0) return;
    const { each } = this.dialect;
    const moved = left.map((found) => ({ ...found, owner: channelsIn(found)[0] ?? '' }));
    await leaveInboxes(db, this.dialect, left);
    await sql`
      UPDATE entries SET is_notification = 0, owner = moved.value ->> 'owner'
      FROM ${each(JSON.stringify(moved.map(({ no, owner }) => ({ no, owner }))))} moved
      WHERE no = CAST(moved.value ->> 'no' AS bigint)`.execute(db);
    const changes = moved.flatMap(({ share, owner, bytes }): ShareChange[] => [
      { isNotification: 1, owner: share, bytes, by: -1 },
      { isNotification: 0, owner, bytes, by: 1 },
    ]);
    await changeShares(db, this.dialect, changes);
  }

  /** @param no last used number; those behind it are free */
  async #store(
    db: Transaction<Tables>,
    drafts: readonly Draft[],
    log: LogTable,
    no: number,
  ): Promise<ReadonlyMap<Draft, LogEntry[]>> {
    const { each } = this.dialect;
    const placed = this.#number(drafts, await this.#takeOffsets(db, drafts, log.forgotten));
    const places = [...placed].flatMap(([draft, at]) =>
      at.map(({ channel, lane, offset }) => ({ channel, lane, offset, no: draft.no })),
    );
    const entries = drafts.map(({ no, entry, json, owner, bytes }) => {
      return { no, id: entry.data.id, n: isNotification(entry), owner, bytes, entry: json };
    });
    await together([
      sql`
        INSERT INTO entries (no, id, is_notification, owner, bytes, entry)
        SELECT CAST(value ->> 'no' AS bigint), value ->> 'id', CAST(value ->> 'n' AS smallint), value ->> 'owner',
          CAST(value ->> 'bytes' AS integer), value ->> 'entry' FROM ${each(JSON.stringify(entries))}`.execute(db),
      sql`
        INSERT INTO places (channel, lane, "offset", no)
        SELECT value ->> 'channel', value ->> 'lane', CAST(value ->> 'offset' AS bigint), CAST(value ->> 'no' AS bigint)
        FROM ${each(JSON.stringify(places))}`.execute(db),
      enterInboxes(db, this.dialect, drafts, log.people_version, no),
      changeShares(
        db,
        this.dialect,
        drafts.map(({ entry, owner, bytes }) => ({ isNotification: isNotification(entry), owner, bytes, by: 1 })),
      ),
      sql`UPDATE log SET last_id = ${drafts.at(-1)?.entry.data.id}`.execute(db),
      this.dialect.notify({ epoch: log.epoch, heads: headsIn(placed) })?.execute(db) ?? Promise.resolve(),
    ]);
    return placed;
  }

  /** @returns the new head of each lane, by its name */
  async #takeOffsets(
    db: Transaction<Tables>,
    drafts: readonly Draft[],
    forgotten: number,
  ): Promise<Map<string, number>> {
    const counts = new Map<string, { channel: string; lane: Priority; count: number }>();
    for (const draft of drafts) {
      for (const channel of draft.channels) {
        const lane = laneOfDraft(draft);
        const name = laneName(channel, lane);
        counts.set(name, { channel, lane, count: (counts.get(name)?.count ?? 0) + 1 });
      }
    }
    const { rows } = await sql<{ channel: string; lane: Priority; head: number }>`
      INSERT INTO lanes (channel, lane, head)
      SELECT value ->> 'channel', value ->> 'lane', ${forgotten} + CAST(value ->> 'count' AS bigint)
      FROM ${this.dialect.each(JSON.stringify([...counts.values()]))} WHERE true
      ON CONFLICT (channel, lane) DO UPDATE SET head = lanes.head + excluded.head - ${forgotten}
      RETURNING channel, lane, head`.execute(db);
    // From here on, the offset before the first new one.
    return new Map(
      rows.map(({ channel, lane, head }) => {
        const name = laneName(channel, lane);
        return [name, head - (counts.get(name)?.count ?? 0)];
      }),
    );
  }

  #number(drafts: readonly Draft[], used: Map<string, number>): Map<Draft, LogEntry[]> {
    return new Map(
      drafts.map((draft) => {
        const lane = laneOfDraft(draft);
        const places = draft.channels.map((channel) => {
          const offset = (used.get(laneName(channel, lane)) ?? 0) + 1;
          used.set(laneName(channel, lane), offset);
          return { channel, lane, offset, ...draft.entry };
        });
        return [draft, places];
      }),
    );
  }
}

/** The newest entry of each lane. */
function headsIn(placed: ReadonlyMap<Draft, readonly LogEntry[]>): NewHead[] {
  const heads = new Map<string, NewHead>();
  for (const places of placed.values()) {
    for (const { channel, lane, offset, data } of places) {
      heads.set(laneName(channel, lane), { channel, lane, offset, id: data.id });
    }
  }
  return [...heads.values()];
}

function channelsIn(found: Found | undefined): string[] {
  return found === undefined ? [] : (JSON.parse(found.channels) as string[]);
}

const laneName = (channel: string, lane: Priority): string => `${lane} ${channel}`;
const isNotification = ({ event }: { event: string }): number => (event === 'notification' ? 1 : 0);
