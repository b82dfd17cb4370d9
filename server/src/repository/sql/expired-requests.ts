import { type RawBuilder, sql, type Transaction } from 'kysely';
import { ALL_SENDERS, changeTotals } from './keyed-requests.js';
import type { Tables } from './tables.js';

/** Most expired requests dropped at a time. */
const FORGOTTEN_AT_ONCE = 1000;

/** Selects the instant at which the first request of a sender, or of all senders, expires; null if they have none. */
export function firstExpiry(whose: string): RawBuilder<{ until: string | null }> {
  return sql`SELECT min(until) AS until FROM requests ${whose === ALL_SENDERS ? sql`` : sql`WHERE sender = ${whose}`}`;
}

/** Selects requests of a sender, or of all senders, that have expired, as many as are dropped at a time. */
export function expired(whose: string): RawBuilder<unknown> {
  const isTheirs = whose === ALL_SENDERS ? sql`` : sql`sender = ${whose} AND`;
  return sql`
    SELECT sender, key FROM requests WHERE ${isTheirs} until <= ${new Date().toISOString()}
    ORDER BY until LIMIT ${FORGOTTEN_AT_ONCE}`;
}

/** Drops expired requests, those of this sender first: others might have as many as are dropped at a time. */
export async function forgetExpired(db: Transaction<Tables>, first: string): Promise<void> {
  for (const whose of [first, ALL_SENDERS]) {
    const { rows } = await sql<{ sender: string; bytes: number }>`
      DELETE FROM requests WHERE (sender, key) IN (${expired(whose)}) RETURNING sender, bytes`.execute(db);
    for (const { sender, bytes } of rows) await changeTotals(db, sender, -bytes);
  }
}
