import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findPostgres } from '../../cluster/find-postgres.js';
import { PrivatePostgres } from '../../cluster/private-postgres.js';

const FOLDER = findPostgres();

/** Describes what needs PostgreSQL; it is skipped by name where there is none. */
export function describeWithPostgres(name: string, tests: () => void): void {
  if (FOLDER === undefined) describe.skip(`${name} (PostgreSQL is not installed here)`, tests);
  else describe(name, tests);
}

const started = new Set<PostgresServer>();
afterAll(async () => {
  for (const server of started) await server.remove();
});

/** A PostgreSQL that ends with the tests of a file. */
export class PostgresServer extends PrivatePostgres {
  #databases = 0;

  /** @param settings such as `fsync=on`, beside those that make it fast; `-D` and sockets are given */
  constructor(private readonly settings: readonly string[] = ['fsync=off']) {
    super(FOLDER ?? '', settings);
    started.add(this);
  }

  static async start(settings?: readonly string[]): Promise<PostgresServer> {
    const server = new PostgresServer(settings);
    server.initialise();
    await server.run();
    return server;
  }

  /** @returns its URL */
  async createDatabase(name = `test${++this.#databases}`): Promise<string> {
    await this.query(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** Starts a copy that follows this one, and is promoted by `SELECT pg_promote()`. Every commit here waits for it. */
  async startStandby(): Promise<PostgresServer> {
    const standby = new PostgresServer(this.settings);
    this.execute('pg_basebackup', ['-D', standby.data, '-h', this.folder, '-U', 'herald', '-R', '-c', 'fast']);
    await standby.run();
    await this.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await this.query('SELECT pg_reload_conf()');
    const sync = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
    while ((await this.query(sync)).length === 0) await setTimeout(20);
    return standby;
  }

  /** Keeps a copy of the data, of a server that is stopped. */
  keepCopy(): void {
    execFileSync('cp', ['-a', this.data, this.#copy]);
  }

  /** Replaces the data of a server that is stopped with the copy. */
  restoreCopy(): void {
    rmSync(this.data, { recursive: true });
    execFileSync('cp', ['-a', this.#copy, this.data]);
  }

  /** Path of the socket. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432');
  }

  override async remove(): Promise<void> {
    started.delete(this);
    await super.remove();
  }

  get #copy(): string {
    return join(this.folder, 'copy');
  }
}
