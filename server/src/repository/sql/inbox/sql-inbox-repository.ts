import {
  CHANGE_IDS_MAX,
  CHANGE_MATCHES_MAX,
  type InboxChanged,
  type InboxItem,
  type InboxPage,
  userChannel,
} from '@herald/protocol';
import { type Kysely, sql, type Transaction } from 'kysely';
import {
  type InboxQuery,
  InboxRepository,
  type Mark,
  type PersonalMark,
  type Reader,
  type Selection,
} from '../../inbox-repository.js';
import { WereSnoozed } from '../../were-snoozed.js';
import type { Appended } from '../log/appending.js';
import { lastIdIn, type SqlNotificationRepository } from '../log/sql-notification-repository.js';
import { numbers, type SqlDatabase } from '../sql-database.js';
import { isRemoved } from '../sql-user-repository.js';
import type { Tables } from '../tables.js';
import { countsOf, isMuted, readableBy } from './counts.js';
import { type Found, isNothingIn, seek, type Sought, walk } from './inbox-query.js';
import { type InboxRow, itemIn, markIn } from './inbox-rows.js';
import { changeMarks, type Markable } from './marks.js';

/** Changes of one transaction. */
interface Part {
  /** The changed notifications that the reader sees, as they were. */
  readonly changed: readonly Markable[];
  readonly appended: Appended | undefined;
}

/** People's inboxes in the tables of a database. */
export class SqlInboxRepository extends InboxRepository {
  constructor(
    private readonly database: SqlDatabase,
    private readonly log: SqlNotificationRepository,
  ) {
    super();
  }

  override page(reader: Reader, { filter, limit, before }: InboxQuery): Promise<InboxPage> {
    const { reads, dialect } = this.database;
    return reads
      .transaction()
      .setAccessMode('read only')
      .execute(async (db) => {
        const counts = await countsOf(db, reader, dialect);
        // One more than asked for tells whether there is a next page.
        const sought: Sought = { filter, limit: limit + 1, before };
        const found = isNothingIn(counts, filter) ? [] : await this.#seek(db, reader, sought);
        const items = await this.#itemsOf(db, reader, found.slice(0, limit));
        return {
          items,
          nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
          counts,
          muted: [...reader.muted],
          asOf: await lastIdIn(db),
        };
      });
  }

  override async find(reader: Reader, id: string): Promise<InboxItem | undefined> {
    const { reads, dialect } = this.database;
    const { rows } = await sql<InboxRow>`
      SELECT n.id, e.entry, m.mark, ${isMuted(sql.ref('n.category'), reader, dialect)} AS muted
      FROM notifications n JOIN entries e ON e.no = n.no
      LEFT JOIN marks m ON m.username = ${reader.username} AND m.no = n.no
      WHERE n.id = ${id} AND n.audience IN ${readableBy(reader, dialect)}`.execute(reads);
    return rows[0] && itemIn(rows[0]);
  }

  override async marksOf(id: string): Promise<PersonalMark[]> {
    const { rows } = await sql<{ username: string; mark: string }>`
      SELECT m.username, m.mark FROM notifications n JOIN marks m ON m.no = n.no WHERE n.id = ${id}`.execute(
      this.database.reads,
    );
    return rows.map(({ username, mark }) => ({ username, mark: markIn(mark) ?? {} }));
  }

  override async change(reader: Reader, selection: Selection, mark: Mark): Promise<InboxChanged> {
    const { selected, nextUpTo } = await this.#select(reader, selection);
    const ids: string[] = [];
    const wereSnoozed = new WereSnoozed(mark.snoozedUntil);
    for (let from = 0; from < selected.length; from += CHANGE_IDS_MAX) {
      const some = selected.slice(from, from + CHANGE_IDS_MAX);
      const { changed } = await this.database.transactions.run(
        (db) => this.#changePart(db, reader, selection, some, mark),
        ({ appended }) => {
          if (appended !== undefined) this.log.tell(appended);
        },
      );
      for (const { id, mark: before } of changed) {
        ids.push(id);
        wereSnoozed.note(id, markIn(before)?.snoozedUntil ?? null);
      }
    }
    return {
      ids,
      ...(mark.snoozedUntil !== undefined && { wereSnoozed: wereSnoozed.told }),
      ...(await this.#countsNow(reader)),
      ...(nextUpTo !== undefined && { nextUpTo }),
    };
  }

  override async nextSnoozeEnd(after: string): Promise<string | undefined> {
    const { rows } = await sql<{ at: string | null }>`
      SELECT min(snoozed_until) AS at FROM marks WHERE snoozed_until > ${after}`.execute(this.database.reads);
    return rows[0]?.at ?? undefined;
  }

  override async sleepersBy(now: string, limit: number): Promise<string[]> {
    const { rows } = await sql<{ username: string }>`
      SELECT username FROM marks WHERE snoozed_until <= ${now}
      GROUP BY username ORDER BY min(snoozed_until), username LIMIT ${limit}`.execute(this.database.reads);
    return rows.map(({ username }) => username);
  }

  /** Drops everything of a removed account. */
  async forget(db: Transaction<Tables>, username: string): Promise<void> {
    await db.deleteFrom('marks').where('username', '=', username).execute();
    await db.deleteFrom('mark_counts').where('username', '=', username).execute();
  }

  async #itemsOf(db: Kysely<Tables>, reader: Reader, found: readonly Found[]): Promise<InboxItem[]> {
    const { dialect } = this.database;
    const nos = found.map(({ no }) => no);
    const { rows } = await sql<InboxRow>`
      SELECT n.id, e.entry, m.mark, ${isMuted(sql.ref('n.category'), reader, dialect)} AS muted
      FROM notifications n JOIN entries e ON e.no = n.no LEFT JOIN marks m ON m.username = ${reader.username} AND m.no = n.no
      WHERE n.no IN ${numbers(dialect, nos)} ORDER BY n.no DESC`.execute(db);
    return rows.map(itemIn);
  }

  async #seek(db: Kysely<Tables>, reader: Reader, sought: Sought): Promise<Found[]> {
    const { dialect } = this.database;
    const { rows: readable } = await sql<{ audience: number }>`
      SELECT DISTINCT audience FROM ${readableBy(reader, dialect)} r`.execute(db);
    const audiences = readable.map(({ audience }) => audience);
    if (sought.filter.q !== undefined && !dialect.findsNewestFirst) {
      const { rows } = await walk(reader, sought, dialect, audiences).execute(db);
      if (rows.length >= sought.limit) return rows;
    }
    return (await seek(reader, sought, dialect, audiences).execute(db)).rows;
  }

  #countsNow(reader: Reader): Promise<Pick<InboxChanged, 'counts' | 'asOf'>> {
    const { reads, dialect } = this.database;
    return reads
      .transaction()
      .setAccessMode('read only')
      .execute(async (db) => ({ counts: await countsOf(db, reader, dialect), asOf: await lastIdIn(db) }));
  }

  /** Ids of the notifications that are selected now. */
  async #select(
    reader: Reader,
    selection: Selection,
  ): Promise<{ selected: readonly string[]; nextUpTo?: string | undefined }> {
    if ('ids' in selection) return { selected: [...new Set(selection.ids)] };
    if ('snoozedUntil' in selection) {
      const { rows } = await sql<{ id: string }>`
        SELECT n.id FROM marks m JOIN notifications n ON n.no = m.no
        WHERE m.username = ${reader.username} AND m.snoozed_until <= ${selection.snoozedUntil}
        ORDER BY m.snoozed_until, n.no`.execute(this.database.reads);
      return { selected: rows.map(({ id }) => id) };
    }
    const { filter, upTo } = selection;
    const sought: Sought = { filter, upTo, limit: CHANGE_MATCHES_MAX + 1 };
    const rows = await this.#seek(this.database.reads, reader, sought);
    const ids = rows.map(({ id }) => id);
    return { selected: ids.slice(0, CHANGE_MATCHES_MAX), nextUpTo: ids[CHANGE_MATCHES_MAX] };
  }

  async #changePart(
    db: Transaction<Tables>,
    reader: Reader,
    selection: Selection,
    ids: readonly string[],
    mark: Mark,
  ): Promise<Part> {
    const { dialect } = this.database;
    if (await isRemoved(db, reader.username)) return { changed: [], appended: undefined };
    const due = await this.#markable(db, reader, selection, ids);
    const marked = await changeMarks(db, dialect, reader.username, due, mark);
    const changed = marked.filter(({ isReadable }) => isReadable === 1);
    if (changed.length === 0) return { changed, appended: undefined };
    const counts = await countsOf(db, reader, dialect);
    const data = { lane: 'medium' as const, ids: changed.map(({ id }) => id), ...mark, counts };
    const channels = [userChannel(reader.username)];
    const appended = await this.log.appendIn(db, [{ channels, entry: { event: 'state', data } }]);
    return { changed, appended };
  }

  /**
   * The stored notifications among these ids, in their order, that the reader sees; for the end of snoozes also those
   * that the reader does not see any more.
   */
  async #markable(
    db: Transaction<Tables>,
    reader: Reader,
    selection: Selection,
    ids: readonly string[],
  ): Promise<Markable[]> {
    const { dialect } = this.database;
    const { rows } = await sql<Markable>`
      SELECT n.no, n.id, n.audience, n.category, n.requires_ack AS "requiresAck", m.mark, ${isMuted(sql.ref('n.category'), reader, dialect)} AS muted,
        CASE WHEN n.audience IN ${readableBy(reader, dialect)} THEN 1 ELSE 0 END AS "isReadable"
      FROM notifications n LEFT JOIN marks m ON m.username = ${reader.username} AND m.no = n.no
      WHERE n.id IN (SELECT value FROM ${dialect.texts(JSON.stringify(ids))})`.execute(db);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const there = ids.flatMap((id) => byId.get(id) ?? []);
    if (!('snoozedUntil' in selection)) return there.filter(({ isReadable }) => isReadable === 1);
    // It may have been snoozed again meanwhile.
    return there.filter(({ mark }) => {
      const { snoozedUntil = null } = markIn(mark) ?? {};
      return snoozedUntil !== null && snoozedUntil <= selection.snoozedUntil;
    });
  }
}
