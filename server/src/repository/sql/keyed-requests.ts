import { sql, type Transaction } from 'kysely';
import type { DoneRequest, KeyedRequest } from '../request-repository.js';
import type { Tables } from './tables.js';

/** Whether the request was carried out before, and is still kept. An expired one is dropped. */
export async function isDone(db: Transaction<Tables>, request: KeyedRequest | undefined): Promise<boolean> {
  if (request === undefined) return false;
  const { sender, key } = request;
  const kept = await db
    .selectFrom('requests')
    .select(['until', 'bytes'])
    .where('sender', '=', sender)
    .where('key', '=', key)
    .executeTakeFirst();
  if (kept === undefined) return false;
  if (kept.until > new Date().toISOString()) return true;
  await db.deleteFrom('requests').where('sender', '=', sender).where('key', '=', key).execute();
  await changeTotals(db, sender, -kept.bytes);
  return false;
}

/** Keeps a request with what it stored, in the same transaction. Nothing is kept for one that stored nothing. */
export async function keep(
  db: Transaction<Tables>,
  request: KeyedRequest | undefined,
  answers: DoneRequest['answers'],
): Promise<void> {
  if (request !== undefined && answers.length > 0) await insert(db, { ...request, answers });
}

export async function insert(db: Transaction<Tables>, { answers, ...request }: DoneRequest): Promise<void> {
  const { sender, key, digest, bytes, until } = request;
  const row = { sender, key, digest, bytes, until, answers: JSON.stringify(answers) };
  await db.insertInto('requests').values(row).execute();
  await changeTotals(db, sender, bytes);
}

/** Stands for all senders in the totals; a sender has a name. */
export const ALL_SENDERS = '';

export async function changeTotals(db: Transaction<Tables>, sender: string, bytes: number): Promise<void> {
  if (bytes === 0) return;
  await sql`
    INSERT INTO request_totals (sender, bytes) VALUES (${sender}, ${bytes}), (${ALL_SENDERS}, ${bytes})
    ON CONFLICT (sender) DO UPDATE SET bytes = request_totals.bytes + excluded.bytes`.execute(db);
}
