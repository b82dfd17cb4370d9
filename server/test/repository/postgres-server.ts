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
    // Small segments of the log, so that a copy is small.
    server.initialise(['--wal-segsize=1']);
    await server.run();
    return server;
  }

  /** @returns its URL */
  async createDatabase(name = `test${++this.#databases}`): Promise<string> {
    await this.query(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** Starts a copy that follows this one, and is promoted by `SELECT pg_promote()`. No commit waits for it. */
  async startStandby(): Promise<PostgresServer> {
    const standby = await this.#startCopy('-R');
    await this.#untilFollowed(1);
    return standby;
  }

  /** Starts a server with the data as they are now, as if they were restored from a backup later. */
  startCopy(): Promise<PostgresServer> {
    return this.#startCopy();
  }

  async #startCopy(...options: string[]): Promise<PostgresServer> {
    const copy = new PostgresServer(this.settings);
    const all = ['-D', copy.data, '-h', this.folder, '-U', 'herald', '-c', 'fast', '--no-sync', ...options];
    this.execute('pg_basebackup', all);
    await copy.run();
    return copy;
  }

  /** Makes every commit wait for the standby. */
  async waitForStandby(): Promise<void> {
    await this.#configure("synchronous_standby_names = '*'");
    while ((await this.query("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")).length === 0)
      await setTimeout(20);
  }

  /** Cuts a standby off from this one: it has everything until now, and gets nothing more. */
  async cutOff(standby: PostgresServer): Promise<void> {
    await standby.#configure("primary_conninfo = ''");
    await this.#untilFollowed(0);
  }

  async #configure(setting: string): Promise<void> {
    await this.query(`ALTER SYSTEM SET ${setting}`);
    await this.query('SELECT pg_reload_conf()');
  }

  async #untilFollowed(standbys: number): Promise<void> {
    const query = "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'";
    while ((await this.query(query)).length !== standbys) await setTimeout(20);
  }

  /** Path of the socket. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432');
  }

  override async remove(): Promise<void> {
    started.delete(this);
    await super.remove();
  }
}
