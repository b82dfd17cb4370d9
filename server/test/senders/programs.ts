import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

/** Folder that `install.sh` fills. */
const CACHE = '.cache/senders';
export const APPRISE = `${CACHE}/python/bin/apprise`;
export const PYTHON = `${CACHE}/python/bin/python3`;
export const SHOUTRRR = `${CACHE}/shoutrrr`;
export const ALERTMANAGER = '/usr/bin/prometheus-alertmanager';

/** Describes tests of programs that may be missing: without this file, they are skipped by name. */
export function describeWith(file: string, name: string, tests: () => void): void {
  if (existsSync(file)) describe(name, tests);
  else describe.skip(`${name} (not installed here)`, tests);
}

/** Shorter than the limit of a test, whose failure would not show the output of the program. */
const LIMIT_MS = 20_000;

/** Runs a program without the settings of this machine. Rejects with its output if it fails or takes 20 s. */
export async function run(file: string, args: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8' };
  const { stdout } = await promisify(execFile)(file, args, { env, timeout: LIMIT_MS, killSignal: 'SIGKILL' });
  return stdout;
}
