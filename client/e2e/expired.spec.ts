import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { listen, spoken } from './support/listening.ts';
import { call, signIn } from './support/people.ts';
import type { HeraldServer } from './support/herald-server.ts';

async function titles(server: HeraldServer, token: string): Promise<string[]> {
  const { items } = (await (await call(server, 'GET', 'notifications', token)).json()) as {
    items: { title: string }[];
  };
  return items.map(({ title }) => title);
}

test('a notification that expired meanwhile is neither toasted nor announced, on resume or load', async ({
  page,
  herald,
  sender,
  server,
  network,
}) => {
  const token = await signIn(server);
  await listen(page);
  await herald.open(network.pageUrl);
  await herald.has(0);

  network.cut();
  await expect(herald.status).toHaveText('Offline. Trying again soon');
  await sender.send({ title: 'Gone by then', expiresAt: new Date(Date.now() + 1500).toISOString() });
  await sender.send({ title: 'Still there', message: 'Really.' });
  await expect.poll(() => titles(server, token)).toEqual(['Still there']);
  network.mend();
  // A single arrival is shown itself; had the expired one counted, the toast would say "2 came while you were away".
  await expect(herald.toast('Still there')).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => spoken(page, 'assertive')).toEqual(['High priority: Still there. Really.']);
  await expect(herald.toasts).toHaveCount(1);

  await page.goto('about:blank');
  await sender.send({ title: 'Gone again', expiresAt: new Date(Date.now() + 1500).toISOString() });
  await sender.send({ title: 'There too', message: 'Really.' });
  await expect.poll(() => titles(server, token)).toEqual(['There too', 'Still there']);
  await herald.open(network.pageUrl);
  await expect(herald.toast('There too')).toBeVisible();
  await expect.poll(() => spoken(page, 'assertive')).toEqual(['High priority: There too. Really.']);
  await expect(herald.toasts).toHaveCount(1);
  await expect.poll(async () => (await herald.titles()).sort()).toEqual(['Still there', 'There too']);
});
