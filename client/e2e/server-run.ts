import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/server/src/main.js', import.meta.url));
const LIMIT_MS = 15_000;

export interface ServerRun {
  /** Null when it had to be stopped after 15 s, since it went on. */
  exitCode: number | null;
  /** What it said, without the empty lines. */
  lines: string[];
}

/** Runs the built server with this environment until it ends by itself: for what it refuses to start with. */
export async function runToEnd(variables: Record<string, string>): Promise<ServerRun> {
  const env = { PATH: process.env['PATH'], ...variables };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
  const [output, problems, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { exitCode: exitCode as number | null, lines: `${output}${problems}`.split('\n').filter(Boolean) };
}
