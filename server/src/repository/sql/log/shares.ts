import { sql, type Transaction } from 'kysely';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';
import { together } from '../together.js';

/** An entry that joins (1) or leaves (-1) its owner's share of the history. */
export interface ShareChange {
  readonly isNotification: number;
  readonly owner: string;
  readonly bytes: number;
  readonly by: 1 | -1;
}

/** Accounts for entries in the shares of their owners, and in the totals of the log. */
export async function changeShares(
  db: Transaction<Tables>,
  { each }: SqlDialect,
  changes: readonly ShareChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const total = (isNotification: number, of: (change: ShareChange) => number): number =>
    changes.reduce((sum, change) => sum + (change.isNotification === isNotification ? change.by * of(change) : 0), 0);
  const bytes = ({ bytes }: ShareChange): number => bytes;
  const one = (): number => 1;
  await together([
    sql`
      INSERT INTO shares (is_notification, owner, count, bytes)
      SELECT CAST(value ->> 'isNotification' AS smallint), value ->> 'owner', sum(CAST(value ->> 'by' AS bigint)),
        sum(CAST(value ->> 'by' AS bigint) * CAST(value ->> 'bytes' AS bigint))
      FROM ${each(JSON.stringify(changes))} WHERE true GROUP BY 1, 2
      ON CONFLICT (is_notification, owner)
      DO UPDATE SET count = shares.count + excluded.count, bytes = shares.bytes + excluded.bytes`.execute(db),
    sql`
      UPDATE log SET
        notification_count = notification_count + ${total(1, one)},
        notification_bytes = notification_bytes + ${total(1, bytes)},
        other_count = other_count + ${total(0, one)},
        other_bytes = other_bytes + ${total(0, bytes)}`.execute(db),
  ]);
}
