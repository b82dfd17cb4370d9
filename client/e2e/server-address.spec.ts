import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { freePorts, HeraldServer } from './support/herald-server.ts';
import { isInstalled } from './support/installed.ts';

test('the page talks to the origin that served it', async ({ page, herald, server }) => {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  const socket = page.waitForEvent('websocket');
  await herald.open();
  expect([...asked]).toEqual([server.pageUrl]);
  expect((await socket).url()).toBe(`${server.pageUrl.replace('http', 'ws')}/ws`);
});

test('SERVER_URL points the page at the API’s own port, which allows the page’s origin', async ({ page, herald }) => {
  const [port, uiPort] = await freePorts();
  const apiUrl = `http://localhost:${port}`;
  const variables = { SERVER_URL: apiUrl, FRONTEND_URL: `http://localhost:${uiPort}` };
  const server = await HeraldServer.start(variables, [port, uiPort]);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const socket = page.waitForEvent('websocket');
  try {
    await herald.open(server.pageUrl);
    expect((await socket).url()).toBe(`ws://localhost:${port}/ws`);
    await herald.sendTest();
    await expect(herald.row('Test notification')).toBeVisible();
    const calls = asked.filter((url) => url.includes('/api/'));
    expect(calls.length).toBeGreaterThan(2);
    expect(calls.filter((url) => !url.startsWith(apiUrl))).toEqual([]);
  } finally {
    await server.stop();
  }
});

test.describe('a page cached by its service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('follows a changed SERVER_URL, there and back', async ({ page, herald, server }) => {
    await herald.open();
    await isInstalled(page);
    for (const serverUrl of [server.apiUrl, '']) {
      await server.stop();
      await server.start({ SERVER_URL: serverUrl, FRONTEND_URL: server.pageUrl });
      const origin = serverUrl === '' ? server.pageUrl : serverUrl;
      const socket = page.waitForEvent('websocket', (one) => one.url().startsWith(origin.replace('http', 'ws')));
      await herald.open();
      await socket;
      // Over HTTP too, which the service worker forwards.
      await herald.sendTest();
      await expect(herald.row('Test notification')).toBeVisible();
      expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    }
  });
});

test('the page opens where the browser blocks all storage', async ({ page, herald }) => {
  await page.addInitScript(() => {
    const deny = (): never => {
      throw new DOMException('Access is denied for this document', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, { get: deny });
  });
  await herald.open();
  await herald.sendTest();
  await expect(herald.row('Test notification')).toBeVisible();
});

test('without JavaScript the page says that it needs JavaScript', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.pageUrl);
  const notice = page.locator('body noscript');
  await expect(notice).toBeVisible();
  expect(await notice.innerHTML()).toContain('Herald needs JavaScript');
  await context.close();
});

test('the browser’s own bar matches the header’s colour, light and dark', async ({ page, herald }) => {
  await herald.open();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const [bar, header] = await page.evaluate(() => {
      const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')];
      const probe = document.createElement('i');
      probe.style.color = metas.find(({ media }) => matchMedia(media).matches)!.content;
      document.body.append(probe);
      return [getComputedStyle(probe).color, getComputedStyle(document.querySelector('header')!).backgroundColor];
    });
    expect(bar).toBe(header);
  }
});
