import { sql, type Transaction } from 'kysely';
import {
  type DoneRequest,
  type KeyedRequest,
  RequestDone,
  type RequestLimits,
  RequestRepository,
} from '../request-repository.js';
import { firstExpiry, forgetExpired } from './expired-requests.js';
import { ALL_SENDERS, insert, isDone } from './keyed-requests.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';

/** Kept requests in the tables of a database. */
export class SqlRequestRepository extends RequestRepository {
  constructor(private readonly database: SqlDatabase) {
    super();
  }

  override async find(sender: string, key: string): Promise<DoneRequest | undefined> {
    const kept = await this.database.reads
      .selectFrom('requests')
      .selectAll()
      .where('sender', '=', sender)
      .where('key', '=', key)
      .where('until', '>', new Date().toISOString())
      .executeTakeFirst();
    return kept && { ...kept, answers: JSON.parse(kept.answers) as DoneRequest['answers'] };
  }

  override async keep(request: KeyedRequest): Promise<void> {
    const isKept = await this.database.transactions.run(async (db) => {
      if (await isDone(db, request)) return false;
      await insert(db, { ...request, answers: [] });
      return true;
    });
    if (!isKept) throw new RequestDone();
  }

  override async msUntilRoom(sender: string, bytes: number, limits: RequestLimits): Promise<number> {
    const full = await this.#whoseLimit(sender, bytes, limits);
    if (full === undefined) return 0;
    // A refusal writes only if that makes room, since a refused sender may ask again and again.
    if ((await this.#msUntilNextExpires(full)) === 0) {
      await this.database.transactions.run((db) => forgetExpired(db, sender));
      if ((await this.#whoseLimit(sender, bytes, limits)) === undefined) return 0;
    }
    const waitMs = (await this.#msUntilNextExpires(sender)) ?? (await this.#msUntilNextExpires(ALL_SENDERS));
    return Math.max(1, waitMs ?? 1);
  }

  /** Drops the requests of removed accounts or apps. */
  async forget(db: Transaction<Tables>, senders: readonly string[]): Promise<void> {
    const areTheirs = sql`sender ${this.database.dialect.anyOf(senders)}`;
    await sql`DELETE FROM requests WHERE ${areTheirs}`.execute(db);
    const { rows } = await sql<{ bytes: number }>`
      DELETE FROM request_totals WHERE ${areTheirs} RETURNING bytes`.execute(db);
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    await sql`UPDATE request_totals SET bytes = bytes - ${bytes} WHERE sender = ${ALL_SENDERS}`.execute(db);
  }

  /** The sender if another request exceeds their own limit, all senders if it exceeds that of all, or else undefined. */
  async #whoseLimit(sender: string, bytes: number, limits: RequestLimits): Promise<string | undefined> {
    const totals = await this.database.reads
      .selectFrom('request_totals')
      .selectAll()
      .where('sender', 'in', [sender, ALL_SENDERS])
      .execute();
    const total = (name: string): number => (totals.find((row) => row.sender === name)?.bytes ?? 0) + bytes;
    if (total(sender) <= limits.reserved) return undefined;
    if (total(sender) > limits.bytes) return sender;
    return total(ALL_SENDERS) > limits.bytesOfAll ? ALL_SENDERS : undefined;
  }

  /** 0 if one has expired; undefined if none is kept. */
  async #msUntilNextExpires(whose: string): Promise<number | undefined> {
    const { rows } = await firstExpiry(whose).execute(this.database.reads);
    const until = rows[0]?.until ?? undefined;
    return until === undefined ? undefined : Math.max(0, Date.parse(until) - Date.now());
  }
}
