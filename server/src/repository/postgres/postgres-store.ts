import { randomUUID } from 'node:crypto';
import { Kysely, sql } from 'kysely';
import pg from 'pg';
import type { HistoryLimits } from '../store.js';
import { StoreError } from '../store-errors.js';
import type { News } from '../sql/sql-database.js';
import { SqlStore } from '../sql/sql-store.js';
import type { Tables } from '../sql/tables.js';
import { Transactions } from '../sql/transactions.js';
import { LogProof, type LogState } from './log-proof.js';
import { MissedNews } from './missed-news.js';
import { NewsListener } from './news-listener.js';
import { notify, postgresSql } from './postgres.js';
import { PostgresPeers } from './postgres-peers.js';
import { PostgresDialect } from './postgres-dialect.js';
import { whileOpening } from './postgres-errors.js';

/** The oldest version that the store is made for, as in `server_version_num`. */
const VERSION_MIN = 130_000;
/** Connections of a process: these, one that writes, and one that listens. */
const READERS = 8;
const CONNECT_WITHIN_MS = 2000;
/** A request is answered within five seconds, so a statement has less. */
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

/** A store in a PostgreSQL database, for any number of processes. */
export class PostgresStore extends SqlStore {
  override readonly isShared = true;
  override readonly peers: PostgresPeers;
  readonly #name: string;
  readonly #reads: Kysely<Tables>;
  readonly #writes: Kysely<Tables>;
  readonly #config: pg.PoolConfig;
  readonly #proof: LogProof;
  readonly #missed: MissedNews;
  readonly #listener: NewsListener;

  /**
   * @param url of the database
   * @param listenUrl of the database without a pooler of transactions before it, for LISTEN
   */
  constructor(url: string, limits: HistoryLimits, listenUrl = url) {
    const config = configOf(url);
    const process = randomUUID();
    const proof = new LogProof((epoch) => this.notifications.beginAnew(epoch));
    const open = (max: number): Kysely<Tables> =>
      new Kysely({
        dialect: new PostgresDialect(poolOf({ ...config, max }), {
          beginRead: BEGIN_READ,
          beginWrite: BEGIN_WRITE,
          check: (client) => proof.prove(client),
          checkBegun: async (client, begun) => {
            if (proof.isDoubtful(begun as LogState)) await proof.prove(client);
          },
        }),
      });
    const [writes, reads] = [open(1), open(READERS)];
    super({ reads, transactions: new Transactions(writes), dialect: postgresSql(process) }, limits);
    this.peers = new PostgresPeers(reads, process);
    this.#name = nameOf(url);
    [this.#config, this.#writes, this.#reads, this.#proof] = [config, writes, reads, proof];
    this.#missed = new MissedNews(reads, (news) => this.#hear(news));
    this.#listener = new NewsListener(configOf(listenUrl), process, {
      heard: ({ from, news, peer }) => {
        if (news !== undefined) this.#hear(news);
        if (peer !== undefined) this.peers.take(peer, from);
      },
      prove: (client) => proof.prove(client),
      look: () => this.#missed.look(),
      call: async () => {
        await notify({ from: process }).execute(reads);
      },
    });
  }

  override get place(): string {
    return `in the PostgreSQL database ${this.#name}`;
  }

  /** @throws StoreError that names the database and the reason */
  override async open(): Promise<void> {
    try {
      await this.#prepare();
      this.notifications.follow({
        appended: ({ places }, epoch) => {
          const last = places.at(-1);
          if (last !== undefined) this.#proof.note({ ...last, id: last.data.id }, epoch);
        },
      });
      // Everything from here on is news.
      await this.#missed.look();
      this.#listener.start();
    } catch (error) {
      await this.#end();
      throw whileOpening(this.#name, error);
    }
  }

  override async close(): Promise<void> {
    await this.settle();
    await this.#listener.stop();
    await this.#end();
  }

  override async isReady(): Promise<boolean> {
    try {
      const { rows } = await sql<{ is_standby: boolean }>`
        SELECT pg_is_in_recovery() AS is_standby FROM log`.execute(this.#reads);
      return rows[0]?.is_standby === false;
    } catch {
      return false;
    }
  }

  /** Several processes may do this at the same time: the migrations have a lock. */
  async #prepare(): Promise<void> {
    const db = openUnhurried(this.#config);
    try {
      await refuseUnsuited(db, this.#name);
      await this.prepare(db);
    } finally {
      await db.destroy();
    }
  }

  #hear(news: News): void {
    if ('username' in news) {
      this.users.tell(news.username);
      return;
    }
    const { heads, epoch } = news;
    for (const head of heads) {
      this.notifications.hear(head, epoch);
      this.#proof.note(head, epoch);
    }
  }

  async #end(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#writes.destroy()]);
  }
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

/** Keeps Herald out of a database that can't hold it. */
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
