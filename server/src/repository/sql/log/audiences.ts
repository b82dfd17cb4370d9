import { sql, type Transaction } from 'kysely';
import type { SqlDialect } from '../sql-database.js';
import type { Tables } from '../tables.js';

/**
 * Finds or adds the audiences with these sets of channels.
 * @param sets JSON of each, distinct
 * @param firstNo free number for the first new one; the next ones are free, too
 * @returns the number of each
 */
export async function ensureAudiences(
  db: Transaction<Tables>,
  { each }: SqlDialect,
  sets: readonly string[],
  firstNo: number,
): Promise<ReadonlyMap<string, number>> {
  const offered = JSON.stringify(sets.map((channels, n) => ({ channels, no: firstNo + n })));
  const { rows } = await sql<{ no: number; channels: string }>`
    INSERT INTO audiences (no, channels)
    SELECT CAST(value ->> 'no' AS bigint), value ->> 'channels' FROM ${each(offered)} WHERE true
    ON CONFLICT (channels) DO UPDATE SET channels = excluded.channels
    RETURNING no, channels`.execute(db);
  const added = rows.filter(({ no }) => no >= firstNo);
  if (added.length > 0) {
    const links = added.flatMap(({ no, channels }) =>
      (JSON.parse(channels) as string[]).map((channel) => ({ channel, no })),
    );
    await sql`
      INSERT INTO audience_channels (channel, audience)
      SELECT value ->> 'channel', CAST(value ->> 'no' AS bigint) FROM ${each(JSON.stringify(links))}`.execute(db);
  }
  return new Map(rows.map(({ no, channels }) => [channels, no]));
}
