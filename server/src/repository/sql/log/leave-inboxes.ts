import { sql, type Transaction } from 'kysely';
import { numbers, type SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/** A notification that leaves the inboxes. */
export interface Leaving {
  readonly no: number;
  readonly audience: number;
  readonly category: string;
  readonly requiresAck: number;
}

/**
 * Removes notifications from all inboxes, with people's marks, receipts and answers. Their entries stay in the log.
 */
export async function leaveInboxes(
  db: Transaction<Tables>,
  dialect: SqlDialect,
  leaving: readonly Leaving[],
): Promise<void> {
  const { each, removeFromSearch } = dialect;
  const list = leaving.map(({ no }) => no);
  const nos = numbers(dialect, list);
  const counted = JSON.stringify(
    leaving.map(({ audience, category, requiresAck }) => ({ audience, category, requiresAck })),
  );
  await sql`
      INSERT INTO mark_counts (username, audience, category, requires_ack, view, read, acknowledged, count)
      SELECT username, audience, category, requires_ack, view, coalesce(read, 2), acknowledged, -count(*)
      FROM marks WHERE no IN ${nos} GROUP BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (username, audience, category, requires_ack, view, read, acknowledged) 
      DO UPDATE SET count = mark_counts.count + excluded.count`.execute(db);
  await sql`DELETE FROM marks WHERE no IN ${nos}`.execute(db);
  await removeFromSearch(nos).execute(db);
  await sql`DELETE FROM answers WHERE no IN ${nos}`.execute(db);
  await sql`DELETE FROM notifications WHERE no IN ${nos}`.execute(db);
  await sql`
      INSERT INTO audience_counts (audience, category, requires_ack, count)
      SELECT CAST(value ->> 'audience' AS bigint), value ->> 'category', CAST(value ->> 'requiresAck' AS smallint),
        -count(*) FROM ${each(counted)} WHERE true GROUP BY 1, 2, 3
      ON CONFLICT (audience, category, requires_ack) DO UPDATE SET count = audience_counts.count + excluded.count`.execute(
    db,
  );
}
