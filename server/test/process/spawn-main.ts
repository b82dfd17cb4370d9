import {
  type ChildProcess,
  spawn,
  type SpawnOptions as SpawnOptionsOfNode,
  type StdioOptions,
} from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('../chaos/typescript-loader.js', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const MIGRATE = fileURLToPath(new URL('../../src/migrate.ts', import.meta.url));
/** Line of the log with the port, once the server listens. */
export const LISTENING = /API and WebSocket on http:\/\/localhost:(\d+)/;

/** Includes processes left over by failed tests. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface SpawnOptions {
  /** Its whole environment except PATH. */
  variables?: NodeJS.ProcessEnv;
  stdio?: StdioOptions;
  /** Directory of `.env`. */
  cwd?: string;
  /** Modules to load before main.ts. */
  preload?: string[];
}

/** Runs the server's main.ts in a process of its own. */
export function spawnMain({ variables = {}, preload = [], ...options }: SpawnOptions): ChildProcess {
  const imports = preload.flatMap((module) => ['--import', module]);
  const env = { PATH: process.env['PATH'], UI_PORT: '0', ...variables };
  return spawnSource([...imports, MAIN], { ...options, env });
}

/** Runs migrate.ts in a process of its own. */
export function spawnMigrate(...args: string[]): ChildProcess {
  return spawnSource([MIGRATE, ...args], {});
}

function spawnSource(args: string[], options: SpawnOptionsOfNode): ChildProcess {
  const child = spawn(process.execPath, ['--no-warnings', '--import', LOADER, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Resolves with the port once the server listens, and discards the rest of its output. */
export async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface(child.stdout!)) {
    const port = LISTENING.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout!.resume();
    return Number(port);
  }
  throw new Error('The server ended before it listened');
}

export interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

/** All output of a process until it ends, and its exit code. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const [output, errors, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, output, errors };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}
