import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const FULL_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Chromium without a browser UI; the tests need a third less CPU with it. */
const HEADLESS_SHELL = 'chromium-headless-shell';

/** Hint for the line that explains why the browser tests are skipped. */
export const HOW_TO_GET_CHROMIUM =
  'get it by `sudo apt-get install chromium`, or set CHROMIUM_PATH to a Chromium or Chrome';

/**
 * Path of the Chromium to test with: CHROMIUM_PATH, else the headless shell, else the first full browser on PATH.
 * @throws Error when CHROMIUM_PATH names something that cannot be run
 */
export function findChromium(): string | undefined {
  return chosenPath() ?? find(HEADLESS_SHELL) ?? findFullBrowser();
}

/** Path of a browser with settings and profiles. @throws Error when CHROMIUM_PATH names something that cannot be run */
export function findFullBrowser(): string | undefined {
  const chosen = chosenPath();
  return chosen !== undefined && !chosen.endsWith('headless-shell') ? chosen : FULL_BROWSERS.map(find).find(Boolean);
}

/**
 * Installs Debian's Chromium and its headless shell when run as root on Debian; does nothing elsewhere.
 * @param isWhole whether the whole suite runs: a partial run doesn't install the shell while another browser is present
 */
export function installChromium(isWhole: boolean): void {
  const hasEnough =
    findChromium() !== undefined && (!isWhole || chosenPath() !== undefined || find(HEADLESS_SHELL) !== undefined);
  if (hasEnough || process.getuid?.() !== 0 || !isDebian()) return;
  console.log('Installing Chromium and its headless shell with apt-get');
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  // Separate calls, since not every release has the shell.
  for (const name of ['chromium', HEADLESS_SHELL])
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
}

/** First line of `--version`, for the record of a test run. */
export function chromiumVersion(path: string): string {
  return execFileSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim();
}

/** Excludes derivatives: Ubuntu's package `chromium` is only a pointer to a snap. */
function isDebian(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
}

function chosenPath(): string | undefined {
  const given = process.env['CHROMIUM_PATH'] || undefined;
  if (given !== undefined && !isExecutable(given)) throw new Error(`CHROMIUM_PATH: no program at ${given}`);
  return given;
}

function find(command: string): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return directories.map((directory) => join(directory, command)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
