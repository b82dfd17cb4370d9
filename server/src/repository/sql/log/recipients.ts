import { sql, type Transaction } from 'kysely';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/**
 * Number of the set of people in an audience. The set is stored once for all notifications to the same audience, until
 * anybody joins or leaves a channel.
 * @param audience channels
 * @param peopleVersion of the log, in this transaction
 * @param newNo a free number
 */
export async function recipientsOf(
  db: Transaction<Tables>,
  { each }: SqlDialect,
  audience: readonly string[],
  peopleVersion: number,
  newNo: number,
): Promise<number> {
  const channels = JSON.stringify(audience);
  const known = await db
    .selectFrom('recipient_sets')
    .select('no')
    .where('audience', '=', channels)
    .where('people_version', '=', peopleVersion)
    .executeTakeFirst();
  if (known !== undefined) return known.no;
  const { rows } = await sql<{ username: string }>`
    SELECT DISTINCT username FROM user_channels WHERE channel IN (SELECT value FROM ${each(channels)})
    ORDER BY username`.execute(db);
  const usernames = JSON.stringify(rows.map(({ username }) => username));
  const set = { no: newNo, audience: channels, people_version: peopleVersion, usernames, count: rows.length };
  await db.insertInto('recipient_sets').values(set).execute();
  return newNo;
}
