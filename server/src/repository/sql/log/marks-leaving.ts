import { sql, type Transaction } from 'kysely';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/** A notification that leaves the inboxes. */
export interface Leaving {
  readonly no: number;
  readonly audience: number;
  readonly category: string;
}

/**
 * Removes notifications from all inboxes, with people's marks, receipts and answers. Their entries stay in the log.
 */
export async function leaveInboxes(
  db: Transaction<Tables>,
  { each }: SqlDialect,
  leaving: readonly Leaving[],
): Promise<void> {
  const nos = sql`(SELECT value FROM ${each(JSON.stringify(leaving.map(({ no }) => no)))})`;
  const counted = JSON.stringify(leaving.map(({ audience, category }) => ({ audience, category })));
  await Promise.all([
    sql`
      INSERT INTO mark_counts (username, audience, category, view, read, count)
      SELECT username, audience, category, view, coalesce(read, 2), -count(*) FROM marks WHERE no IN ${nos}
      GROUP BY username, audience, category, view, coalesce(read, 2)
      ON CONFLICT (username, audience, category, view, read) DO UPDATE SET count = mark_counts.count + excluded.count
    `.execute(db),
    sql`DELETE FROM marks WHERE no IN ${nos}`.execute(db),
    sql`DELETE FROM answers WHERE no IN ${nos}`.execute(db),
    sql`DELETE FROM notifications WHERE no IN ${nos}`.execute(db),
    sql`
      INSERT INTO audience_counts (audience, category, count)
      SELECT CAST(value ->> 'audience' AS bigint), value ->> 'category', -count(*) FROM ${each(counted)} WHERE true
      GROUP BY 1, 2
      ON CONFLICT (audience, category) DO UPDATE SET count = audience_counts.count + excluded.count`.execute(db),
  ]);
}
