import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

const ANSWER_CHECK_MS = 20;

/** A private PostgreSQL in a temporary folder, which only a socket in that folder reaches. */
export class PrivatePostgres {
  readonly folder = mkdtempSync(join(tmpdir(), 'herald-postgres-'));
  readonly #programs: string;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  /**
   * Makes the folder alone.
   * @param programs the folder with `initdb` and `postgres`
   * @param settings such as `fsync=off`
   */
  constructor(programs: string, settings: readonly string[] = []) {
    this.#programs = programs;
    this.#settings = settings;
    const { uid, gid } = postgresAccount();
    if (uid !== undefined && gid !== undefined) chownSync(this.folder, uid, gid);
  }

  /** Makes the data. @param others options of `initdb` beside those that Herald needs */
  initialise(others: readonly string[] = []): void {
    const options = ['-U', 'herald', '--auth=trust', '-N', '-E', 'UTF8', '--locale=C.UTF-8'];
    this.execute('initdb', ['-D', this.data, ...options, ...others]);
  }

  /** URL of a database. */
  url(database: string): string {
    return `postgres:///${database}?host=${this.folder}&user=herald`;
  }

  /** Executes a statement. */
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

  /**
   * Starts it, and resolves once it answers.
   * @param detached whether Ctrl-C does not reach it
   * @throws Error if it ends instead
   */
  async run(detached = false): Promise<void> {
    const settings = [...this.#settings, 'listen_addresses=', `unix_socket_directories=${this.folder}`];
    const options = ['-D', this.data, ...settings.flatMap((setting) => ['-c', setting])];
    const postgres = join(this.#programs, 'postgres');
    this.#process = spawn(postgres, options, { ...postgresAccount(), stdio: 'ignore', detached });
    while (!(await this.#answers())) await setTimeout(ANSWER_CHECK_MS);
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

  /** Stops it at once, and removes its folder. */
  async remove(): Promise<void> {
    await this.stop('SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected get data(): string {
    return join(this.folder, 'data');
  }

  /** Runs a program of PostgreSQL to its end. */
  protected execute(program: string, options: readonly string[]): void {
    execFileSync(join(this.#programs, program), options, { ...postgresAccount(), stdio: 'pipe' });
  }

  async #answers(): Promise<boolean> {
    if (this.#process?.exitCode !== null) throw new Error('PostgreSQL has not started');
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }
}

/** The account of PostgreSQL, which does not run as root. */
export function postgresAccount(): { uid?: number; gid?: number } {
  return userInfo().uid === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
}

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
