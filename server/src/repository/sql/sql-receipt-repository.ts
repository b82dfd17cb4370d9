import { type Answer, ANSWERS_KEPT_MAX, NAMED_RECIPIENTS_MAX } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import type { Stretch } from '../notification-repository.js';
import { ReceiptRepository, type Recipients } from '../receipt-repository.js';
import { PendingReceipts } from './pending-receipts.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';

/** Receipts in the tables of a database. */
export class SqlReceiptRepository extends ReceiptRepository {
  readonly #pending: PendingReceipts;

  constructor(private readonly database: SqlDatabase) {
    super();
    this.#pending = new PendingReceipts(database);
  }

  override async recipientsOf(id: string): Promise<Recipients | undefined> {
    const { rows } = await sql<{ usernames: string; count: number }>`
      SELECT r.usernames, r.count FROM notifications n JOIN recipient_sets r ON r.no = n.recipients
      WHERE n.id = ${id}`.execute(this.database.reads);
    const [set] = rows;
    if (set === undefined) return undefined;
    const usernames = JSON.parse(set.usernames) as string[];
    const known = new Set(usernames);
    const has = (username: string): boolean => known.has(username);
    return set.count > NAMED_RECIPIENTS_MAX ? { count: set.count, has } : { count: set.count, usernames, has };
  }

  override received(username: string, stretch: Stretch): Promise<void> {
    this.#pending.add(username, stretch);
    return Promise.resolve();
  }

  override async fetched(username: string, ids: readonly string[]): Promise<void> {
    const { rows } = await sql<Omit<Stretch, 'from' | 'to'> & { offset: number }>`
      SELECT p.channel, p.lane, p."offset" FROM notifications n JOIN places p ON p.no = n.no
      WHERE n.id IN (SELECT value FROM ${this.database.dialect.texts(JSON.stringify(ids))})
        AND p.channel = (SELECT min(q.channel) FROM places q WHERE q.no = n.no)`.execute(this.database.reads);
    for (const { channel, lane, offset } of rows) {
      this.#pending.add(username, { channel, lane, from: offset, to: offset });
    }
  }

  override async receiversOf(id: string): Promise<string[]> {
    await this.flush();
    const { rows } = await sql<{ username: string }>`
      SELECT DISTINCT r.username FROM notifications n JOIN places p ON p.no = n.no
      JOIN received r ON r.channel = p.channel AND r.lane = p.lane AND p."offset" BETWEEN r.first AND r.last
      WHERE n.id = ${id}`.execute(this.database.reads);
    return rows.map(({ username }) => username);
  }

  override answer(username: string, id: string, answer: Answer): Promise<Answer | undefined> {
    return this.database.transactions.run(async (db) => {
      const { rows } = await sql<{ no: number; answers: string | null }>`
        SELECT n.no, a.answers FROM notifications n LEFT JOIN answers a ON a.no = n.no AND a.username = ${username}
        WHERE n.id = ${id}`.execute(db);
      const [found] = rows;
      if (found === undefined) return undefined;
      const before = JSON.parse(found.answers ?? '[]') as Answer[];
      const latest = before.at(-1);
      if (latest?.event === answer.event && latest.label === answer.label) return undefined;
      const answers = JSON.stringify([...before, answer].slice(-ANSWERS_KEPT_MAX));
      await sql`
        INSERT INTO answers (no, username, answers) VALUES (${found.no}, ${username}, ${answers})
        ON CONFLICT (no, username) DO UPDATE SET answers = excluded.answers`.execute(db);
      return latest;
    });
  }

  override async answersOf(id: string): Promise<ReadonlyMap<string, readonly Answer[]>> {
    const { rows } = await sql<{ username: string; answers: string }>`
      SELECT a.username, a.answers FROM notifications n JOIN answers a ON a.no = n.no
      WHERE n.id = ${id} ORDER BY a.username`.execute(this.database.reads);
    return new Map(rows.map(({ username, answers }) => [username, JSON.parse(answers) as Answer[]]));
  }

  /** Stores the reports so far. */
  flush(): Promise<void> {
    return this.#pending.flush();
  }

  /** Removes the receipts and answers of a removed account. */
  async forget(db: Transaction<Tables>, username: string): Promise<void> {
    this.#pending.forget(username);
    await db.deleteFrom('received').where('username', '=', username).execute();
    await db.deleteFrom('answers').where('username', '=', username).execute();
  }
}
