import { Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from '../sql/tables.js';
import { StoreError } from '../store-errors.js';
import { type ConnectionChecks, PostgresDialect } from './postgres-dialect.js';

/** The oldest version that the store is made for, as in `server_version_num`. */
const VERSION_MIN = 130_000;
/** Connections of a process that read; another one writes, and another one listens. */
export const READERS = 8;
const CONNECT_WITHIN_MS = 2000;
/** Requests are answered within five seconds, so each statement ends before. */
const ANSWER_WITHIN_MS = 4000;
/**
 * Writers take turns, over all processes: so each sees what the one before has stored, and entries become visible in the
 * order of their ids. One that stops in the middle of its turn, or is cut off, loses it.
 */
const BEGIN_WRITE = `
  BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = 2000;
  SET LOCAL lock_timeout = 3500; SET LOCAL statement_timeout = 3800; SET LOCAL jit = off;
  SELECT last_id, pg_postmaster_start_time()::text AS started_at FROM log FOR UPDATE`;
const BEGIN_READ = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 3800; SET LOCAL jit = off`;

/** Opens the tables for a server. */
export function openTables(config: pg.PoolConfig, checks: ConnectionChecks): Kysely<Tables> {
  return new Kysely({
    dialect: new PostgresDialect(poolOf(config), { beginRead: BEGIN_READ, beginWrite: BEGIN_WRITE, ...checks }),
  });
}

/** Opens the tables for a migration or a copy, which may take long. */
export function openUnhurried(config: pg.PoolConfig): Kysely<Tables> {
  return new Kysely({
    dialect: new PostgresDialect(poolOf({ ...config, max: 2, query_timeout: 0 }), {
      beginRead: BEGIN_READ,
      beginWrite: 'BEGIN',
    }),
  });
}

/** Keeps Herald out of a database that can't hold it. @throws StoreError */
export async function refuseUnsuited(db: Kysely<Tables>, name: string): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string; all_tables: number; own: number }>`
    SELECT current_setting('server_version_num')::integer AS version, current_setting('server_encoding') AS encoding,
      count(*) AS all_tables, count(*) FILTER (WHERE tablename = 'kysely_migration') AS own
    FROM pg_tables WHERE schemaname = current_schema()`.execute(db);
  const [found] = rows;
  if (found === undefined) return;
  if (found.version < VERSION_MIN) throw new StoreError(`DATABASE_URL: ${name} is older than PostgreSQL 13`);
  if (found.encoding !== 'UTF8')
    throw new StoreError(`DATABASE_URL: ${name} has the encoding ${found.encoding}, not UTF8`);
  if (found.all_tables > 0 && found.own === 0) throw new StoreError(`DATABASE_URL: ${name} belongs to another program`);
}

/** Tells the operator that the database does not wait for its disk; undefined if it does. */
export async function riskOf(db: Kysely<Tables>): Promise<string | undefined> {
  const { rows } = await sql<{ setting: string }>`SELECT current_setting('synchronous_commit') AS setting`.execute(db);
  if (rows[0]?.setting !== 'off') return undefined;
  return 'PostgreSQL’s synchronous_commit is off, so what was answered with 2xx can be lost in a crash of the database; set it to on';
}

/** Settings of each connection. */
export function configOf(url: string): pg.PoolConfig {
  return {
    connectionString: url,
    application_name: 'herald',
    keepAlive: true,
    // Statements follow each other without a wait for each answer, where the store does not need it.
    pipeline: true,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    types: { getTypeParser: parserOf },
  };
}

function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // A lost connection is reported by the next statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Numbers of the store are exact as JavaScript's: sums and counts, too. */
function parserOf(
  ...[oid, format]: Parameters<typeof pg.types.getTypeParser>
): ReturnType<typeof pg.types.getTypeParser> {
  const { INT8, NUMERIC } = pg.types.builtins;
  if (oid === INT8 || oid === NUMERIC) return Number;
  return pg.types.getTypeParser(oid, format);
}

/** Names a database without its password. */
export function nameOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'localhost'}${port && `:${port}`}${pathname}`;
}
