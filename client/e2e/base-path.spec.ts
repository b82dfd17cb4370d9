import type { LoginAnswer } from '@herald/protocol';
import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { isInstalled } from './support/installed.ts';
import { PrefixProxy } from './support/prefix-proxy.ts';

test.use({ serverEnv: { BASE_PATH: '/herald' }, serviceWorkers: 'allow' });

for (const removesPrefix of [true, false]) {
  const kind = removesPrefix ? 'removes' : 'passes on';
  test(`behind a proxy that ${kind} /herald, the page, its links, the API and the stream work, and it opens offline`, async ({
    page,
    herald,
    server,
    sender,
  }) => {
    const proxy = await PrefixProxy.to(server.pageUrl, '/herald', removesPrefix);
    await page.goto(proxy.pageUrl);
    await herald.isLive();
    const { id } = await sender.send({ title: 'One', priority: 'medium' });
    await expect(herald.toast('One')).toBeVisible();

    // As a link that is copied or opened in a new tab.
    const link = await herald
      .row('One')
      .getByRole('link')
      .first()
      .evaluate((element: HTMLAnchorElement) => element.href);
    expect(link).toBe(`${proxy.pageUrl}n/${id}`);
    await page.goto(link);
    await expect(herald.detail.getByRole('heading', { name: 'One' })).toBeVisible();
    await expect(page).toHaveURL(`${proxy.pageUrl}?open=${id}`);
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page).toHaveURL(`${proxy.pageUrl}settings`);
    await page.evaluate(() => localStorage.setItem('herald/herald.theme', 'dark'));
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

    const manifest = await page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=manifest]')!.href);
    const { start_url } = (await (await fetch(manifest)).json()) as { start_url: string };
    expect(new URL(start_url, manifest).href).toBe(proxy.pageUrl);
    const login = await fetch(`${proxy.pageUrl}api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'password' }),
    });
    const { access_token: token } = (await login.json()) as LoginAnswer;
    const headers = { Authorization: `Bearer ${token}` };
    const stream = await fetch(`${proxy.pageUrl}api/notifications/stream`, { method: 'HEAD', headers });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    await page.goto(`${proxy.pageUrl}docs`);
    await expect(page.locator('.opblock').first()).toBeVisible();

    await page.goto(proxy.pageUrl);
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    expect(scope).toBe(proxy.pageUrl);
    await isInstalled(page);
    await page.reload();
    await herald.isLive();
    const archived = `${proxy.pageUrl}archived`;
    await server.kill();
    proxy.close();
    await page.goto(archived);
    await expect(page.getByRole('heading', { name: 'Archived', exact: true })).toBeVisible();
    expect(proxy.strays).toEqual([]);
  });
}

test('a page that finds no server at its path says so in words', async ({ page, herald, server }) => {
  const proxy = await PrefixProxy.to(server.pageUrl, '/herald', false);
  await page.route('**/herald/api/**', (route) => route.fulfill({ status: 404, body: 'nginx' }));
  await page.goto(proxy.pageUrl);
  await expect(herald.page.getByText(/can’t be reached/).first()).toBeVisible();
  await page.unrouteAll({ behavior: 'wait' });
  proxy.close();
});
