import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteThread } from './sqlite-thread.js';

/** Lets Kysely use one connection, which lives in a thread. */
export class SqliteDialect implements Dialect {
  constructor(private readonly thread: SqliteThread) {}

  createDriver = (): Driver => new SqliteDriver(this.thread);
  createQueryCompiler = (): SqliteQueryCompiler => new SqliteQueryCompiler();
  createAdapter = (): SqliteAdapter => new ThreadAdapter();
  createIntrospector = (db: Kysely<never>): SqliteIntrospector => new SqliteIntrospector(db);
}

/** Kysely takes SQLite for slower and less careful than it is. */
class ThreadAdapter extends SqliteAdapter {
  /** A migration is one transaction, so a server that is killed meanwhile begins it again. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** The driver below lets users wait in their order; Kysely's own lock wakes all of them each time. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Gives the connection to one user at a time: a transaction has it to itself. */
class SqliteDriver implements Driver {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  constructor(private readonly thread: SqliteThread) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    return this.thread;
  }

  releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
    return Promise.resolve();
  }

  async beginTransaction(connection: DatabaseConnection, { accessMode }: { accessMode?: string }): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'BEGIN' : 'BEGIN IMMEDIATE'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('COMMIT'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // After an error of the disk SQLite has rolled back by itself, and knows of no transaction.
    await connection.executeQuery(CompiledQuery.raw('ROLLBACK')).catch(() => undefined);
  }

  destroy(): Promise<void> {
    return this.thread.close();
  }
}
