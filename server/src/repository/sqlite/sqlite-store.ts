import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { HistoryLimits } from '../sql/log/retention.js';
import type { SqlDialect } from '../sql/sql-database.js';
import { SqlStore } from '../sql/sql-store.js';
import type { Tables } from '../sql/tables.js';
import { Transactions } from '../sql/transactions.js';
import { SqliteDialect } from './sqlite-dialect.js';
import { SqliteThread } from './sqlite-thread.js';

const DIALECT: SqlDialect = {
  each: (json) => sql`json_each(${json})`,
  contains: (text, part) => sql<boolean>`instr(${text}, ${part}) > 0`,
};

/** `FULL` waits for the disk at each commit, so a committed transaction survives a power cut. */
const PRAGMAS = ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -32768', 'busy_timeout = 5000'];

/** A store in a file, for one process. */
export class SqliteStore extends SqlStore {
  readonly #path: string;
  readonly #writer: SqliteThread;
  readonly #reader: SqliteThread;
  readonly #writes: Kysely<Tables>;
  readonly #reads: Kysely<Tables>;

  /** @param path of the file; it and its folder are made */
  constructor(path: string, limits: HistoryLimits) {
    const file = resolve(path);
    const [writer, reader] = [new SqliteThread(file, PRAGMAS), new SqliteThread(file, [...PRAGMAS, 'query_only = ON'])];
    const [writes, reads] = [writer, reader].map(
      (thread) => new Kysely<Tables>({ dialect: new SqliteDialect(thread) }),
    ) as [Kysely<Tables>, Kysely<Tables>];
    super({ reads, transactions: new Transactions(writes), dialect: DIALECT }, limits);
    this.#path = file;
    [this.#writer, this.#reader, this.#writes, this.#reads] = [writer, reader, writes, reads];
  }

  /** @throws an error that names the file if it can't be used */
  override async open(): Promise<void> {
    mkdirSync(dirname(this.#path), { recursive: true });
    this.#writer.start();
    await this.prepare(this.#writes);
    this.#reader.start();
    await sql`SELECT 1`.execute(this.#reads);
  }

  override async close(): Promise<void> {
    await this.settle();
    await this.#reads.destroy();
    await this.#writes.destroy();
  }

  override async isReady(): Promise<boolean> {
    try {
      await sql`SELECT 1`.execute(this.#reads);
      return true;
    } catch {
      return false;
    }
  }
}
