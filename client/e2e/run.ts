import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromiumVersion, findChromium, HOW_TO_GET_CHROMIUM, installChromium } from './support/chromium.ts';

/**
 * `npm run test:browser`: runs the browser tests with the system's Chromium, installing it where possible. Without one,
 * they are counted as skipped in test-results/browser.json, and a line says so.
 */
const PLAYWRIGHT = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
const CONFIG = fileURLToPath(new URL('playwright.config.ts', import.meta.url));
const RESULTS = fileURLToPath(new URL('../../test-results/browser.json', import.meta.url));

function main(): number {
  installChromium(process.argv.length === 2);
  const chromium = findChromium();
  if (chromium !== undefined) console.log(`Browser tests with ${chromiumVersion(chromium)}`);
  const status = playwright('test', ...process.argv.slice(2));
  if (chromium === undefined) saySkipped();
  return status;
}

function saySkipped(): void {
  const { stats } = JSON.parse(readFileSync(RESULTS, 'utf8')) as { stats: { skipped: number } };
  console.log(`Browser tests skipped (${stats.skipped}): there is no Chromium here; ${HOW_TO_GET_CHROMIUM}.`);
}

function playwright(command: string, ...options: string[]): number {
  const { status } = spawnSync(process.execPath, [PLAYWRIGHT, command, '--config', CONFIG, ...options], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
