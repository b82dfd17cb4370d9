import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('../chaos/typescript-loader.js', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../../../client/cli/main.ts', import.meta.url));
/** Runs `herald` from its sources. */
const HERALD = [process.execPath, '--no-warnings', '--import', LOADER, MAIN];

export interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

export interface HeraldOptions {
  env?: NodeJS.ProcessEnv;
  /** Text for standard input, which is empty without it. */
  input?: string;
}

/** `herald` in processes of its own, with a home of its own. */
export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), 'herald-cli-'));
  readonly #running = new Set<ChildProcess>();

  /** @param env variables for each process, beside PATH and the folders */
  constructor(private readonly env: () => NodeJS.ProcessEnv) {
    const command = HERALD.map((part) => `'${part}'`).join(' ');
    mkdirSync(join(this.folder, 'bin'));
    writeFileSync(join(this.folder, 'bin', 'herald'), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
    writeFileSync(join(this.folder, 'bin', 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, stdio: StdioOptions = 'pipe'): ChildProcess {
    return this.#spawn([...HERALD, ...args], env, stdio);
  }

  /** Runs a script on a terminal of its own. */
  startOnTerminal(script: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
    return this.#spawn(['script', '-qec', script, '/dev/null'], env, 'pipe');
  }

  /** Runs a command to its end. */
  async run(args: readonly string[], { env, input = '' }: HeraldOptions = {}): Promise<Ended> {
    return endOf(this.start(args, env), input);
  }

  /** Runs a script in bash, which finds `herald` in its path. */
  async bash(script: string, { env, input = '' }: HeraldOptions = {}): Promise<Ended> {
    return endOf(this.#spawn(['bash', '-c', script], env, 'pipe'), input);
  }

  remove(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true });
  }

  #variables(): NodeJS.ProcessEnv {
    const folders = { HOME: this.folder, XDG_CONFIG_HOME: join(this.folder, 'config'), XDG_STATE_HOME: this.folder };
    return { PATH: `${join(this.folder, 'bin')}:${process.env['PATH']}`, ...folders, ...this.env() };
  }

  #spawn([program = '', ...args]: string[], env: NodeJS.ProcessEnv | undefined, stdio: StdioOptions): ChildProcess {
    const child = spawn(program, args, { cwd: this.folder, env: { ...this.#variables(), ...env }, stdio });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }
}

/** Removed after the last test of the block or file. */
export function useCommandLine(env: () => NodeJS.ProcessEnv): CommandLine {
  const commandLine = new CommandLine(env);
  afterAll(() => commandLine.remove());
  return commandLine;
}

export async function endOf(child: ChildProcess, input = ''): Promise<Ended> {
  // A process that has ended reads no more.
  child.stdin!.on('error', () => undefined).end(input);
  const [output, errors, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
  return { code: code as number | null, output, errors };
}
