import { sql, type Transaction } from 'kysely';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/**
 * Finds or stores the set of people in an audience. A set is stored once for all notifications to the same audience, as
 * long as the same people are in it.
 * @param audience channels
 * @param peopleVersion of the log, in this transaction
 * @param newNo a free number
 * @returns its number
 */
export async function ensureRecipients(
  db: Transaction<Tables>,
  { texts }: SqlDialect,
  audience: readonly string[],
  peopleVersion: number,
  newNo: number,
): Promise<number> {
  const channels = JSON.stringify(audience);
  const last = await db
    .selectFrom('recipient_sets')
    .select(['no', 'people_version'])
    .where('audience', '=', channels)
    .orderBy('people_version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.people_version === peopleVersion) return last.no;
  const { rows } = await sql<{ username: string }>`
    SELECT DISTINCT username FROM user_channels WHERE channel IN (SELECT value FROM ${texts(channels)})
    ORDER BY username`.execute(db);
  const usernames = JSON.stringify(rows.map(({ username }) => username));
  if (last !== undefined && (await hasPeople(db, last.no, usernames))) {
    await db.updateTable('recipient_sets').set({ people_version: peopleVersion }).where('no', '=', last.no).execute();
    return last.no;
  }
  const set = { no: newNo, audience: channels, people_version: peopleVersion, usernames, count: rows.length };
  await db.insertInto('recipient_sets').values(set).execute();
  return newNo;
}

/** Compared by the database: the set may have a hundred thousand names. */
async function hasPeople(db: Transaction<Tables>, no: number, usernames: string): Promise<boolean> {
  const set = db.selectFrom('recipient_sets').select('no').where('no', '=', no).where('usernames', '=', usernames);
  return (await set.executeTakeFirst()) !== undefined;
}
