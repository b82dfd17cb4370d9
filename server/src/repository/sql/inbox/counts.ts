import type { InboxCounts } from '@herald/protocol';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../inbox-repository.js';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/** Numbers of the audiences whose notifications the reader sees. */
export function readableBy({ channels }: Reader, { each }: SqlDialect): RawBuilder<unknown> {
  return sql`(
    SELECT audience FROM audience_channels WHERE channel IN (SELECT value FROM ${each(JSON.stringify(channels))}))`;
}

/** Whether a category is muted, as 0 or 1. */
export function isMuted(category: RawBuilder<unknown>, { muted }: Reader, { each }: SqlDialect): RawBuilder<number> {
  if (muted.length === 0) return sql<number>`0`;
  return sql<number>`
    CASE WHEN ${category} IN (SELECT value FROM ${each(JSON.stringify(muted))}) THEN 1 ELSE 0 END`;
}

/**
 * A person's counts, from the numbers of notifications by audience and of the person's marks: their cost does not
 * depend on the length of the history.
 */
export async function countsOf(db: Kysely<Tables>, reader: Reader, dialect: SqlDialect): Promise<InboxCounts> {
  const readable = readableBy(reader, dialect);
  const muted = isMuted(sql.ref('category'), reader, dialect);
  const { rows } = await sql<{ view: number; read: number; muted: number; count: number }>`
    SELECT -1 AS view, 2 AS read, ${muted} AS muted, sum(count) AS count FROM audience_counts
    WHERE audience IN ${readable} GROUP BY 3
    UNION ALL
    SELECT view, read, ${muted} AS muted, sum(count) AS count FROM mark_counts
    WHERE username = ${reader.username} AND audience IN ${readable} GROUP BY view, read, 3`.execute(db);
  const counts = { unread: 0, inbox: 0, archived: 0, snoozed: 0 };
  for (const { view, read, muted, count } of rows) {
    const isRead = read === 2 ? muted === 1 : read === 1;
    // All notifications count as untouched first, and the marks move theirs.
    counts.inbox += view === -1 ? count : 0;
    counts.unread += view === -1 && !isRead ? count : 0;
    if (view === -1) continue;
    counts.unread += (view === 0 && !isRead ? count : 0) - (muted === 0 ? count : 0);
    if (view === 0) continue;
    counts.inbox -= count;
    counts[view === 1 ? 'archived' : 'snoozed'] += count;
  }
  return counts;
}
