import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** How to get a browser, for the line that says why the browser tests are skipped. */
export const HOW_TO_GET_CHROMIUM = 'get it by `sudo apt-get install chromium`, or set CHROMIUM_PATH to a Chromium or Chrome';

/**
 * Path of the Chromium to test with: CHROMIUM_PATH, else the first one on PATH.
 * @throws Error when CHROMIUM_PATH names something that cannot be run
 */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given && !isExecutable(given)) throw new Error(`CHROMIUM_PATH: no program at ${given}`);
  return given || COMMANDS.flatMap(onPath).find(isExecutable);
}

/** Installs Debian's Chromium where that can be done without asking; other systems are left as they are. */
export function installChromium(): void {
  if (process.getuid?.() !== 0 || !isDebian()) return;
  console.log('Chromium is missing: installing it with apt-get');
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
}

/** First line of `--version`, for the record of a test run. */
export function chromiumVersion(path: string): string {
  return execFileSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim();
}

/** Debian itself: on its descendant Ubuntu the package `chromium` is only a pointer to a snap. */
function isDebian(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
}

function onPath(command: string): string[] {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return directories.map((directory) => join(directory, command));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
