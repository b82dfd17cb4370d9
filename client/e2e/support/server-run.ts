import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { DIST } from './project.ts';

const MAIN = `${DIST}/server/src/main.js`;
const LIMIT_MS = 15_000;

export interface ServerRun {
  /** Null when the process was still running after 15 s and had to be stopped. */
  exitCode: number | null;
  /** Non-empty lines of output. */
  lines: string[];
}

/** Runs the built server with this environment until it exits, to test configurations that it refuses. */
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
