import { sql, type Transaction } from 'kysely';
import {
  type DoneRequest,
  type KeyedRequest,
  RequestDone,
  type RequestLimits,
  RequestRepository,
} from '../request-repository.js';
import { ALL_SENDERS, changeTotals, insert, isDone } from './keyed-requests.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';

/** Most expired requests dropped at a time. */
const FORGOTTEN_AT_ONCE = 1000;

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
    if (await this.#hasRoom(sender, bytes, limits)) return 0;
    await this.database.transactions.run((db) => this.#forgetExpired(db, sender));
    if (await this.#hasRoom(sender, bytes, limits)) return 0;
    const { rows } = await sql<{ until: string | null }>`
      SELECT coalesce((SELECT min(until) FROM requests WHERE sender = ${sender}), min(until)) AS until FROM requests
    `.execute(this.database.reads);
    return Math.max(1, Date.parse(rows[0]?.until ?? '') - Date.now() || 1);
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

  async #hasRoom(sender: string, bytes: number, limits: RequestLimits): Promise<boolean> {
    const totals = await this.database.reads
      .selectFrom('request_totals')
      .selectAll()
      .where('sender', 'in', [sender, ALL_SENDERS])
      .execute();
    const total = (name: string): number => totals.find((row) => row.sender === name)?.bytes ?? 0;
    const own = total(sender) + bytes;
    return own <= limits.reserved || (own <= limits.bytes && total(ALL_SENDERS) + bytes <= limits.bytesOfAll);
  }

  /** Drops expired requests, those of this sender first: others might have as many as are dropped at a time. */
  async #forgetExpired(db: Transaction<Tables>, first: string): Promise<void> {
    for (const whose of [sql`sender = ${first}`, sql`sender <> ${first}`]) {
      const { rows } = await sql<{ sender: string; bytes: number }>`
        DELETE FROM requests WHERE (sender, key) IN (
          SELECT sender, key FROM requests
          WHERE ${whose} AND until <= ${new Date().toISOString()} LIMIT ${FORGOTTEN_AT_ONCE})
        RETURNING sender, bytes`.execute(db);
      for (const { sender, bytes } of rows) await changeTotals(db, sender, -bytes);
    }
  }
}
