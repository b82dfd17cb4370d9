import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { InboxReads } from './support/inbox-reads.ts';
import { call, signIn } from './support/people.ts';

const ROWS = 200;

test('a list of 200 rows stays where it is when a topic is followed elsewhere', async ({
  page,
  herald,
  sender,
  server,
}) => {
  await sender.sendAtOnce(ROWS, { priority: 'medium' });
  const reads = new InboxReads(page);
  await herald.open();
  await reads.haveEnded();
  await expect(async () => {
    await herald.list.evaluate((list) => (list.scrollTop = 1e9));
    await expect(herald.rows.first()).toHaveAttribute('aria-setsize', String(ROWS), { timeout: 100 });
  }).toPass({ timeout: 15_000 });
  await herald.list.evaluate((list) => (list.scrollTop = 84 * 150));
  await expect.poll(() => herald.list.evaluate((list) => list.scrollTop)).toBe(84 * 150);
  // The list may still draw the rows that lie there.
  const title = String(ROWS - 152);
  const row = herald.rows.filter({ has: page.getByRole('heading', { name: new RegExp(`(^|\\s)${title}$`) }) });
  await expect(row).toBeInViewport();
  const before = (await row.boundingBox())!.y;

  const answered = page.waitForResponse((response) => response.url().includes('/api/notifications?'));
  await call(server, 'PUT', 'auth/me/topics/builds', await signIn(server));
  await answered;
  await sender.send({ title: 'One more' });
  await herald.has(ROWS + 1);
  await expect.poll(async () => Math.abs((await row.boundingBox())!.y - before)).toBeLessThan(1);
});

test('ten expiries of notifications that are not loaded make no page ask at once', async ({ page, herald, sender }) => {
  const old = await Promise.all(Array.from({ length: 10 }, (_, n) => sender.send({ title: `Old ${n}` })));
  await sender.sendAtOnce(100, { priority: 'medium' });
  await page.clock.install();
  // The counts are asked for at a random time within half a minute; this is the middle.
  await page.addInitScript(() => (Math.random = () => 0.5));
  const reads = new InboxReads(page);
  await herald.open();
  await expect(page).toHaveTitle('(110) Inbox · Herald');
  await reads.haveEnded();
  for (const { id } of old) await sender.retract(id);
  // It arrives after the retractions.
  await sender.send({ title: 'Afterwards' });
  await expect(herald.row('Afterwards')).toBeVisible();
  expect(reads.urls).toEqual([]);
  await page.clock.runFor(31_000);
  await expect(page).toHaveTitle('(101) Inbox · Herald');
  expect(reads.urls).toHaveLength(1);
});

test('Settings lists the categories of all that is held, whatever the list showed last', async ({
  page,
  herald,
  sender,
}) => {
  await sender.send({ title: 'Disk full', category: 'disk' });
  await herald.open();
  await expect(herald.row('Disk full')).toBeVisible();
  await page.getByRole('link', { name: /^Archived/ }).click();
  await expect(page.getByRole('heading', { name: 'Archived', exact: true })).toBeVisible();
  await herald.visit('Settings');
  await expect(page.getByRole('table', { name: 'Categories' })).toContainText('disk');
});
