import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { isLiveInGerman } from './support/german-walk.ts';
import { freePorts, HeraldServer, runBuild } from './support/herald-server.ts';
import { isInstalled } from './support/installed.ts';
import { expectNoFault } from './support/looks.ts';
import { NextVersion } from './support/next-version.ts';

test.use({ serviceWorkers: 'allow' });

test('the page is installable: the manifest and every icon load with the type they declare', async ({
  page,
  herald,
  server,
}) => {
  await herald.open();
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await fetch(new URL(href!, server.pageUrl));
  expect(answer.headers.get('content-type')).toBe('application/manifest+json');
  const manifest = (await answer.json()) as {
    start_url: string;
    display: string;
    icons: { src: string; sizes: string; type: string }[];
    shortcuts: { url: string }[];
  };
  expect(manifest).toMatchObject({
    name: 'Herald',
    short_name: 'Herald',
    start_url: '.',
    display: 'standalone',
  });
  const touch = {
    src: (await page.locator('link[rel=apple-touch-icon]').getAttribute('href'))!,
    sizes: '180x180',
    type: 'image/png',
  };
  for (const { src, sizes, type } of [...manifest.icons, touch]) {
    expect((await fetch(new URL(src, server.pageUrl))).headers.get('content-type')).toBe(type);
    const size = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') expect(size).toBe(sizes);
  }
  await page.goto(manifest.shortcuts[0]!.url);
  await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
  // Chromium's own list of reasons not to offer installation.
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate(async () => navigator.serviceWorker.ready);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('the settings offer installation where the browser supports it, and no prompt appears unasked', async ({
  page,
  herald,
}) => {
  await herald.open('/settings');
  const install = page.getByRole('button', { name: 'Install Herald' });
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(install).toHaveCount(0);
  const popsUp = await page.evaluate(() => {
    const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: () => (document.body.dataset['prompted'] = String(Number(document.body.dataset['prompted'] ?? 0) + 1)),
    });
    return window.dispatchEvent(offer);
  });
  expect(popsUp).toBe(false);
  await expect(install).toBeVisible();
  await expectNoFault(page, 'settings with the offer');
  await install.click();
  await expect(page.locator('body')).toHaveAttribute('data-prompted', '1');
  await expect(install).toHaveCount(0);
});

test.describe('while a new version is deployed', () => {
  let next: NextVersion;
  let server: HeraldServer;

  test.beforeEach(async () => {
    next = await NextVersion.copy();
    server = await HeraldServer.start({}, await freePorts(), runBuild(next.dist));
  });

  test.afterEach(async () => {
    await server.stop();
    await next.remove();
  });

  async function deploy(): Promise<void> {
    await server.stop();
    await next.deploy();
    await server.start();
  }

  test('the page offers it; the old version keeps working, lazy chunks included, until the person reloads', async ({
    page,
    herald,
  }) => {
    test.setTimeout(60_000);
    await herald.open(server.pageUrl);
    await isInstalled(page);
    await page.evaluate(() => (document.body.dataset['witness'] = 'not reloaded'));
    await deploy();
    await herald.isLive();
    await expect(page.locator('app-root').getByText('A new version is here.')).toBeVisible({ timeout: 20_000 });
    await expectNoFault(page, 'new version');

    await page.getByRole('link', { name: 'Compose' }).click();
    await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
    await expect(page.locator('body')).toHaveAttribute('data-witness', 'not reloaded');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await page.getByRole('button', { name: 'Reload', exact: true }).click();
    await expect(page.locator('meta[name=version]')).toHaveAttribute('content', 'next');
    await herald.isLive();
    await expect(page.locator('app-root').getByText('A new version is here.')).toHaveCount(0);
  });

  test.describe('in German, on a phone', () => {
    test.use({ locale: 'de-DE', viewport: { width: 360, height: 740 } });

    test('the offer fits on one line', async ({ page }) => {
      test.setTimeout(60_000);
      await page.goto(server.pageUrl);
      await isLiveInGerman(page);
      await isInstalled(page);
      await deploy();
      const line = page.locator('app-page-notice aside');
      await expect(line.getByRole('button', { name: 'Später' })).toBeVisible({ timeout: 20_000 });
      expect((await line.boundingBox())!.height).toBeLessThan(60);
    });
  });

  test.describe('in a browser without service workers', () => {
    test.use({ serviceWorkers: 'block' });

    test('the page offers it when a chunk of the old version is gone', async ({ page, herald }) => {
      await herald.open(server.pageUrl);
      await deploy();
      await herald.isLive();
      await page.getByRole('link', { name: 'Compose' }).click();
      await expect(page.locator('app-root').getByText('A new version is here.')).toBeVisible();
    });
  });
});
