import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const FOLDER = findFolder();

/** Describes what needs PostgreSQL; it is skipped by name where there is none. */
export function describeWithPostgres(name: string, tests: () => void): void {
  if (FOLDER === undefined) describe.skip(`${name} (PostgreSQL is not installed here)`, tests);
  else describe(name, tests);
}

/** The folder with `initdb` and `postgres`, of the newest version. */
function findFolder(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL does not run as root. */
export const account = userInfo().uid === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};

function idOf(option: '-u' | '-g'): number {
  for (const name of ['postgres', 'nobody']) {
    try {
      return Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: 'pipe' }));
    } catch {
      continue;
    }
  }
  return 65_534;
}

const started = new Set<PostgresServer>();
afterAll(async () => {
  for (const server of started) await server.remove();
});

/** A private PostgreSQL in a temporary folder, which only a socket in that folder reaches. */
export class PostgresServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'herald-postgres-'));
  #process: ChildProcess | undefined;
  #databases = 0;

  /** @param settings such as `fsync=on`, beside those that make it fast; `-D` and sockets are given */
  constructor(private readonly settings: readonly string[] = ['fsync=off']) {
    started.add(this);
    chmodSync(this.folder, 0o777);
  }

  static async start(settings?: readonly string[]): Promise<PostgresServer> {
    const server = new PostgresServer(settings);
    server.#execute('initdb', [
      '-D',
      server.#data,
      '-U',
      'herald',
      '--auth=trust',
      '-N',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ]);
    await server.run();
    return server;
  }

  /** URL of a database. */
  url(database: string): string {
    return `postgres:///${database}?host=${this.folder}&user=herald`;
  }

  /** @returns its URL */
  async createDatabase(name = `test${++this.#databases}`): Promise<string> {
    await this.query(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** Executes a statement in the database for administration. */
  async query(statement: string, url = this.url('postgres')): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Starts a copy that follows this one, and is promoted by `SELECT pg_promote()`. Every commit here waits for it. */
  async startStandby(): Promise<PostgresServer> {
    const standby = new PostgresServer(this.settings);
    this.#execute('pg_basebackup', ['-D', standby.#data, '-h', this.folder, '-U', 'herald', '-R', '-c', 'fast']);
    await standby.run();
    await this.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await this.query('SELECT pg_reload_conf()');
    const sync = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
    while ((await this.query(sync)).length === 0) await setTimeout(20);
    return standby;
  }

  /** Keeps a copy of the data, of a server that is stopped. */
  keepCopy(): void {
    execFileSync('cp', ['-a', this.#data, this.#copy]);
  }

  /** Replaces the data of a server that is stopped with the copy. */
  restoreCopy(): void {
    rmSync(this.#data, { recursive: true });
    execFileSync('cp', ['-a', this.#copy, this.#data]);
  }

  /** Path of the socket. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432');
  }

  /** Starts it, and resolves once it answers. */
  async run(): Promise<void> {
    const settings = [...this.settings, 'listen_addresses=', `unix_socket_directories=${this.folder}`];
    const options = settings.flatMap((setting) => ['-c', setting]);
    this.#process = spawn(join(FOLDER ?? '', 'postgres'), ['-D', this.#data, ...options], {
      ...account,
      stdio: 'ignore',
    });
    while (!(await this.#answers())) await setTimeout(20);
  }

  /** @param signal SIGINT ends all sessions in good order, SIGQUIT and SIGKILL as a crash does */
  async stop(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    this.#process = undefined;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  async remove(): Promise<void> {
    started.delete(this);
    await this.stop('SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  get #copy(): string {
    return join(this.folder, 'copy');
  }

  #execute(program: string, options: readonly string[]): void {
    execFileSync(join(FOLDER ?? '', program), options, { ...account, stdio: 'pipe' });
  }

  async #answers(): Promise<boolean> {
    if (this.#process?.exitCode !== null) throw new Error('PostgreSQL has not started');
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }
}
