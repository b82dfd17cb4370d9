import type { InboxCounts } from '@herald/protocol';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../inbox-repository.js';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/** Numbers of the audiences whose notifications the reader sees. */
export function readableBy({ channels }: Reader, { texts }: SqlDialect): RawBuilder<unknown> {
  return sql`(
    SELECT audience FROM audience_channels WHERE channel IN (SELECT value FROM ${texts(JSON.stringify(channels))}))`;
}

/** Whether a category is muted, as 0 or 1. */
export function isMuted(category: RawBuilder<unknown>, { muted }: Reader, { texts }: SqlDialect): RawBuilder<number> {
  if (muted.length === 0) return sql<number>`0`;
  return sql<number>`
    CASE WHEN ${category} IN (SELECT value FROM ${texts(JSON.stringify(muted))}) THEN 1 ELSE 0 END`;
}

/** A view of its own for all notifications as if they had no marks. */
const UNMARKED = -1;

/** Notifications that are alike for the counts. */
interface Counted {
  readonly view: number;
  readonly read: number;
  readonly acknowledged: number;
  readonly requiresAck: number;
  readonly muted: number;
  readonly count: number;
}

/**
 * A person's counts, from the numbers of notifications by audience and of the person's marks: their cost does not
 * depend on the length of the history.
 */
export async function countsOf(db: Kysely<Tables>, reader: Reader, dialect: SqlDialect): Promise<InboxCounts> {
  const readable = readableBy(reader, dialect);
  const muted = isMuted(sql.ref('category'), reader, dialect);
  const { rows } = await sql<Counted>`
    SELECT -1 AS view, 2 AS read, 0 AS acknowledged, requires_ack AS "requiresAck", ${muted} AS muted,
      sum(count) AS count
    FROM audience_counts WHERE audience IN ${readable} GROUP BY requires_ack, 5
    UNION ALL
    SELECT view, read, acknowledged, requires_ack, ${muted}, sum(count)
    FROM mark_counts WHERE username = ${reader.username} AND audience IN ${readable}
    GROUP BY view, read, acknowledged, requires_ack, 5`.execute(db);
  const counts = { unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 };
  for (const row of rows) {
    if (row.view === UNMARKED) addTo(counts, { ...row, view: 0 }, 1);
    else {
      // It was counted as unmarked, too.
      addTo(counts, { ...row, view: 0, read: 2, acknowledged: 0 }, -1);
      addTo(counts, row, 1);
    }
  }
  return counts;
}

function addTo(
  counts: InboxCounts,
  { view, read, muted, acknowledged, requiresAck, count }: Counted,
  by: 1 | -1,
): void {
  if (view === 1) counts.archived += by * count;
  if (view === 2) counts.snoozed += by * count;
  if (view !== 0) return;
  counts.inbox += by * count;
  if ((read === 2 ? muted : read) === 0) counts.unread += by * count;
  if (requiresAck === 1 && acknowledged === 0) counts.unconfirmed += by * count;
}
