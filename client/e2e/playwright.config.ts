import { defineConfig } from '@playwright/test';
import { findChromium } from './support/chromium.ts';

const results = '../../test-results';

export default defineConfig({
  testDir: '.',
  outputDir: `${results}/browser`,
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 30_000,
  reporter: [['list'], ['json', { outputFile: `${results}/browser.json` }]],
  use: {
    browserName: 'chromium',
    // Playwright can't intercept requests that a service worker forwards. offline.spec.ts allows service workers.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
    screenshot: 'only-on-failure',
    // A trace costs a fifth of the suite's CPU time: `--trace retain-on-failure` records it when it is needed.
    trace: 'off',
  },
});
