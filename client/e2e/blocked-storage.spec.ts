import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { findFullBrowser } from './support/chromium.ts';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import type { Sender } from './support/sender.ts';

/** Features that a browser may deny a page, each as an init script. */
const KEPT_FROM_THE_PAGE: Record<string, () => void> = {
  'Web Locks that are refused': () => {
    LockManager.prototype.request = () => Promise.reject(new DOMException('Access is denied', 'SecurityError'));
  },
  'no BroadcastChannel': () => {
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  },
  'neither localStorage nor sessionStorage nor IndexedDB': () => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException('Access is denied', 'SecurityError');
        },
      });
    }
  },
  'no service worker': () => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', {
      get: () => {
        throw new DOMException('Access is denied', 'SecurityError');
      },
    });
  },
};

/** Expects that the page shows the inbox, is live, and presents a new notification. */
async function expectAtWork(page: Page, sender: Sender): Promise<void> {
  const herald = new HeraldPage(page);
  await sender.send({ title: 'Before' });
  await herald.open();
  await expect(herald.row('Before')).toBeVisible();
  await sender.send({ title: 'Arrived' });
  await expect(herald.toast('Arrived')).toBeVisible();
  await expect(herald.row('Arrived')).toBeVisible();
}

for (const [name, keepFromPage] of Object.entries(KEPT_FROM_THE_PAGE)) {
  test(`the page works with ${name}`, async ({ page, sender }) => {
    await page.addInitScript(keepFromPage);
    await expectAtWork(page, sender);
  });
}

test('the page works in a browser whose settings block site data', async ({ server, sender, launchOptions }) => {
  const executablePath = findFullBrowser();
  test.skip(executablePath === undefined, 'the headless shell has no settings, and there is no full Chromium');
  const profile = await mkdtemp(join(tmpdir(), 'herald-profile-'));
  await mkdir(join(profile, 'Default'));
  // 2 means block (Settings > Privacy and security > Site data).
  await writeFile(
    join(profile, 'Default/Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const browser = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    executablePath,
    baseURL: server.pageUrl,
  });
  try {
    const page = await browser.newPage();
    await page.goto('/favicon.svg');
    const isBlocked = await page.evaluate(() => {
      try {
        return localStorage.length < 0;
      } catch {
        return true;
      }
    });
    expect(isBlocked).toBe(true);
    await expectAtWork(page, sender);
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
});
