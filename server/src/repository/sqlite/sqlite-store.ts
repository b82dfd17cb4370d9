import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { HistoryLimits } from '../store.js';
import { NoPeers } from '../peers.js';
import { SqlStore } from '../sql/sql-store.js';
import type { Tables } from '../sql/tables.js';
import { Transactions } from '../sql/transactions.js';
import { FileLock } from './file-lock.js';
import { refuseForeignTables } from './foreign-tables.js';
import { SqliteDialect } from './sqlite-dialect.js';
import { whileOpening } from './sqlite-errors.js';
import { SQLITE } from './sqlite.js';
import { SqliteThread } from './sqlite-thread.js';

/** `FULL` waits for the disk at each commit, so a committed transaction survives a power cut. */
const PRAGMAS = ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'cache_size = -32768'];

/** A store in a file, for one process. */
export class SqliteStore extends SqlStore {
  override readonly isShared = false;
  override readonly peers = new NoPeers();
  readonly #path: string;
  readonly #lock: FileLock;
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
    super({ reads, transactions: new Transactions(writes), dialect: SQLITE }, limits);
    this.#path = file;
    this.#lock = new FileLock(file);
    [this.#writer, this.#reader, this.#writes, this.#reads] = [writer, reader, writes, reads];
  }

  override get place(): string {
    return `in ${this.#path}, with SQLite`;
  }

  /** @throws StoreError that names the file and the reason */
  override async open(): Promise<void> {
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      this.#lock.acquire();
      this.#writer.start();
      await refuseForeignTables(this.#writes, this.#path);
      await this.prepare(this.#writes);
      this.#reader.start();
      await sql`SELECT 1`.execute(this.#reads);
    } catch (error) {
      await this.close();
      throw whileOpening(this.#path, (error as Error).cause ?? error);
    }
  }

  override async close(): Promise<void> {
    await this.settle();
    await this.#reads.destroy();
    await this.#writes.destroy();
    this.#lock.release();
  }

  override async isReady(): Promise<boolean> {
    try {
      await sql`SELECT epoch FROM log`.execute(this.#reads);
      return this.#writer.isOpen;
    } catch {
      return false;
    }
  }
}
