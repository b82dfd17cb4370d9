import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import { StoreUnavailable } from '../store-errors.js';
import { whileOpen } from './postgres-errors.js';

/** Checks of connections, which throw if one must not be used. */
export interface ConnectionChecks {
  /** Checks a new connection before it is used. */
  readonly check?: (client: PoolClient) => Promise<void>;
  /** Checks the row that `beginWrite` returns before anything is written. */
  readonly checkBegun?: (client: PoolClient, begun: unknown) => Promise<void>;
}

/** Use of a pool. */
interface PoolUse extends ConnectionChecks {
  /** Statements that begin a transaction that only reads. */
  readonly beginRead: string;
  /** Statements that begin any other transaction. */
  readonly beginWrite: string;
}

/** Lets Kysely use the connections of a pool, and reports a database that does not work as `StoreUnavailable`. */
export class PostgresDialect implements Dialect {
  constructor(
    private readonly pool: Pool,
    private readonly use: PoolUse,
  ) {}

  createDriver = (): Driver => new PostgresDriver(this.pool, this.use);
  createQueryCompiler = (): PostgresQueryCompiler => new PostgresQueryCompiler();
  createAdapter = (): PostgresAdapter => new TransactionAdapter();
  createIntrospector = (db: Kysely<never>): PostgresIntrospector => new PostgresIntrospector(db);
}

/** `SqlDialect.migrationLock` does it. */
class TransactionAdapter extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}

class PostgresDriver implements Driver {
  readonly #checked = new WeakSet<PoolClient>();

  constructor(
    private readonly pool: Pool,
    private readonly use: PoolUse,
  ) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw whileOpen(error);
    });
    if (!this.#checked.has(client)) await this.#check(client);
    return new PostgresConnection(client);
  }

  async #check(client: PoolClient): Promise<void> {
    try {
      await this.use.check?.(client);
      this.#checked.add(client);
    } catch (error) {
      client.release(true);
      throw whileOpen(error);
    }
  }

  releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }

  async beginTransaction(connection: PostgresConnection, { accessMode }: { accessMode?: string }): Promise<void> {
    const { beginRead, beginWrite, checkBegun } = this.use;
    if (accessMode === 'read only') await connection.begin(beginRead);
    else await connection.begin(beginWrite, checkBegun);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('COMMIT'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A connection that was lost has rolled back by itself.
    await connection.executeQuery(CompiledQuery.raw('ROLLBACK')).catch(() => undefined);
  }

  async destroy(): Promise<void> {
    await this.pool.end();
  }
}

/** A connection while it is taken from the pool. */
class PostgresConnection implements DatabaseConnection {
  #failure: Error | undefined;

  constructor(private readonly client: PoolClient) {}

  /** @throws StoreUnavailable | DatabaseError */
  executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#reporting(async () => {
      const { rows, rowCount } = await this.client.query<Row & object>(sql, [...parameters]);
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
    });
  }

  /** @param statements separated by semicolons; the last one returns a row @param check receives that row */
  begin(statements: string, check?: PoolUse['checkBegun']): Promise<void> {
    return this.#reporting(async () => {
      const results = (await this.client.query(statements)) as unknown as pg.QueryResult[];
      await check?.(this.client, results.at(-1)?.rows[0]);
    });
  }

  async #reporting<Result>(query: () => Promise<Result>): Promise<Result> {
    try {
      return await query();
    } catch (error) {
      const reported = whileOpen(error);
      if (reported instanceof StoreUnavailable) this.#failure = reported;
      throw reported;
    }
  }

  /** No query of the store reads a stream. */
  streamQuery(): never {
    throw new Error('not supported');
  }

  /** A connection to a database that did not work is closed, since the next one may reach another server. */
  release(): void {
    this.client.release(this.#failure);
  }
}
