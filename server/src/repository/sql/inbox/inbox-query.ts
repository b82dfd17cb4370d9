import { type InboxFilter, topicChannel, wordsOf } from '@herald/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../inbox-repository.js';
import { firstIdAt } from '../../ids-by-time.js';
import { noBefore } from '../log/sql-notification-repository.js';
import type { SqlDialect } from '../sql-database.js';
import { isMuted, readableBy } from './counts.js';
import { type InboxRow, VIEWS } from './inbox-rows.js';

/** The notifications that a reader looks for. */
export interface Sought {
  readonly filter: InboxFilter;
  readonly limit: number;
  /** Only notifications older than this id. */
  readonly before?: string | undefined;
  /** Only this one and older ones. */
  readonly upTo?: string | undefined;
}

/** Audiences that a search names, so that it finds no notifications of others. */
const NAMED_AUDIENCES_MAX = 500;

/** Condition that a filter sets for `n`, a notification, and `m`, the reader's mark on it or null. */
function matching(filter: InboxFilter, reader: Reader, dialect: SqlDialect): RawBuilder<unknown> {
  const { view, unread, unconfirmed, priority, category, topic, sender, from, to, q } = filter;
  const conditions: RawBuilder<unknown>[] = [];
  if (view === 'inbox') conditions.push(sql`coalesce(m.view, 0) = 0`);
  if (unread === true) conditions.push(sql`coalesce(m.read, ${isMuted(sql.ref('n.category'), reader, dialect)}) = 0`);
  if (unconfirmed === true) conditions.push(sql`n.requires_ack = 1 AND coalesce(m.acknowledged, 0) = 0`);
  if (priority !== undefined) conditions.push(sql`n.priority IN (${sql.join(priority)})`);
  if (category !== undefined) conditions.push(sql`n.category = ${category}`);
  if (sender !== undefined) conditions.push(sql`n.sender = ${sender}`);
  if (topic !== undefined) {
    conditions.push(sql`
      n.audience IN (SELECT audience FROM audience_channels WHERE channel = ${topicChannel(topic)})`);
  }
  if (from !== undefined) conditions.push(sql`n.no >= ${noBefore(firstIdAt(from))}`);
  if (to !== undefined) conditions.push(sql`n.no < ${noBefore(firstIdAt(to))}`);
  for (const word of wordsOf(q ?? '')) conditions.push(dialect.contains(sql.ref('n.search'), word));
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/**
 * The newest notifications that match. Words are found by the index of searches. Archived and snoozed ones are found by their marks; others by audience: of each
 * that the reader sees, the newest are taken, and the newest of those.
 */
export function seek(
  reader: Reader,
  sought: Sought,
  dialect: SqlDialect,
  audiences: readonly number[],
): RawBuilder<InboxRow> {
  const { filter, limit, before, upTo } = sought;
  const { username } = reader;
  const bound = sql`n.no < ${noBefore(before)} AND n.no <= ${lastUpTo(upTo)}`;
  const matches = matching(filter, reader, dialect);
  const columns = sql`
    n.no, n.id, e.entry, m.mark, ${isMuted(sql.ref('n.category'), reader, dialect)} AS muted`;
  const words = wordsOf(filter.q ?? '');
  if (words.length > 0) {
    const few = audiences.length <= NAMED_AUDIENCES_MAX ? audiences : undefined;
    const view = VIEWS.indexOf(filter.view);
    return sql`
      SELECT ${columns} FROM ${dialect.searchFor(words, few)} CROSS JOIN notifications n ON n.no = s.no
      JOIN entries e ON e.no = n.no LEFT JOIN marks m ON m.username = ${username} AND m.no = n.no
      WHERE n.audience IN ${readableBy(reader, dialect)} AND ${bound} AND ${matches}
        ${view > 0 ? sql`AND m.view = ${view}` : sql``}
      ORDER BY s.no DESC LIMIT ${limit}`;
  }
  if (filter.view === 'archived' || filter.view === 'snoozed') {
    return sql`
      SELECT ${columns} FROM marks m JOIN notifications n ON n.no = m.no JOIN entries e ON e.no = n.no
      WHERE m.username = ${username} AND m.view = ${VIEWS.indexOf(filter.view)}
        AND n.audience IN ${readableBy(reader, dialect)} AND ${bound} AND ${matches}
      ORDER BY m.no DESC LIMIT ${limit}`;
  }
  return sql`
    SELECT ${columns} FROM (SELECT DISTINCT audience FROM ${readableBy(reader, dialect)} r) a
    JOIN notifications n ON n.no IN (
      SELECT n.no FROM notifications n LEFT JOIN marks m ON m.username = ${username} AND m.no = n.no
      WHERE n.audience = a.audience AND ${bound} AND ${matches} ORDER BY n.no DESC LIMIT ${limit})
    JOIN entries e ON e.no = n.no LEFT JOIN marks m ON m.username = ${username} AND m.no = n.no
    ORDER BY n.no DESC LIMIT ${limit}`;
}

function lastUpTo(id: string | undefined): RawBuilder<number> {
  return id === undefined
    ? sql<number>`${Number.MAX_SAFE_INTEGER}`
    : sql<number>`coalesce((SELECT b.no FROM notifications b WHERE b.id <= ${id} ORDER BY b.id DESC LIMIT 1), -1)`;
}
