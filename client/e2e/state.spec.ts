import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { InboxReads } from './support/inbox-reads.ts';

/** Limit for an action in one place to show in the others. */
const SOON = { timeout: 1000 };

async function openAll(all: readonly HeraldPage[]): Promise<InboxReads[]> {
  const reads = all.map(({ page }) => new InboxReads(page));
  for (const one of all) await one.open();
  for (const one of reads) await one.haveEnded();
  return reads;
}

async function expectUnread(herald: HeraldPage, title: string): Promise<void> {
  await expect(herald.row(title).getByRole('button', { name: 'Mark read' })).toBeVisible();
}

async function expectRead(herald: HeraldPage, title: string): Promise<void> {
  await expect(herald.row(title).getByRole('button', { name: 'Mark unread' })).toBeVisible();
}

test('an action in one tab shows in another tab and another browser within a second, without a refetch', async ({
  browser,
  context,
  herald,
  sender,
  server,
}) => {
  const tab = new HeraldPage(await context.newPage());
  const other = new HeraldPage(await browser.newPage({ baseURL: server.pageUrl }));
  const all = [herald, tab, other];
  const reads = await openAll(all);
  await sender.send({ title: 'One' });
  await sender.send({ title: 'Two' });
  for (const one of all) await expect(one.page).toHaveTitle('(2) Inbox · Herald');

  await herald.row('One').getByRole('button', { name: 'Mark read' }).click();
  for (const one of [tab, other]) await expect(one.page).toHaveTitle('(1) Inbox · Herald', SOON);
  for (const one of all) {
    await expectRead(one, 'One');
    await expectUnread(one, 'Two');
  }

  await other.page.getByRole('button', { name: 'Mark all as read' }).click();
  for (const one of [herald, tab]) await expect(one.page).toHaveTitle('Inbox · Herald', SOON);
  for (const one of all) await expectRead(one, 'Two');
  expect(reads.map(({ urls }) => urls)).toEqual([[], [], []]);
  await other.page.close();
});

test('archiving, snoozing, restoring and retracting show everywhere at once, another browser included', async ({
  browser,
  context,
  herald,
  sender,
  server,
}) => {
  const tab = new HeraldPage(await context.newPage());
  const other = new HeraldPage(await browser.newPage({ baseURL: server.pageUrl }));
  const all = [herald, tab, other];
  const reads = await openAll(all);
  const { id } = await sender.send({ title: 'Moving' });
  for (const one of all) await expect(one.row('Moving')).toBeVisible();

  await sender.change([id], { archived: true });
  for (const one of all) await expect(one.rows).toHaveCount(0, SOON);
  for (const one of all) await expect(one.page).toHaveTitle('Inbox · Herald', SOON);
  await sender.change([id], { archived: false });
  for (const one of all) await expect(one.row('Moving')).toBeVisible(SOON);
  await sender.change([id], { snoozedUntil: new Date(Date.now() + 3_600_000).toISOString() });
  for (const one of all) await expect(one.rows).toHaveCount(0, SOON);
  await sender.change([id], { snoozedUntil: null });
  for (const one of all) await expect(one.row('Moving')).toBeVisible(SOON);
  await sender.retract(id);
  for (const one of all) await expect(one.rows).toHaveCount(0, SOON);
  for (const one of all) await expect(one.page).toHaveTitle('Inbox · Herald', SOON);
  expect(reads.map(({ urls }) => urls)).toEqual([[], [], []]);
  await other.page.close();
});

test('after an hour offline the inbox matches changes made elsewhere, without a refetch', async ({
  context,
  page,
  herald,
  sender,
  network,
}) => {
  await page.clock.install();
  const reads = new InboxReads(page);
  await herald.open(network.pageUrl);
  await reads.haveEnded();
  const archived = await sender.send({ title: 'Archived elsewhere' });
  const read = await sender.send({ title: 'Read elsewhere' });
  await sender.send({ title: 'Left alone' });
  await expect(page).toHaveTitle('(3) Inbox · Herald');

  await context.setOffline(true);
  network.cut();
  await expect(herald.status).toHaveText('Offline. Trying again soon');
  await sender.change([archived.id], { archived: true });
  await sender.change([read.id], { read: true });
  await page.clock.fastForward('01:00:00');
  network.mend();
  await context.setOffline(false);

  await expect(page).toHaveTitle('(1) Inbox · Herald', { timeout: 15_000 });
  await expect.poll(() => herald.titles()).toEqual(['Left alone', 'Read elsewhere']);
  await expectRead(herald, 'Read elsewhere');
  await expectUnread(herald, 'Left alone');
  expect(reads.urls).toEqual([]);
});

test('a snoozed notification returns on time, unread', async ({ herald, sender, page }) => {
  await herald.open();
  const { id } = await sender.send({ title: 'Later' });
  await expect(herald.row('Later')).toBeVisible();
  await sender.change([id], { read: true, snoozedUntil: new Date(Date.now() + 2000).toISOString() });
  await expect(herald.rows).toHaveCount(0, SOON);
  await page.reload();
  await herald.isLive();
  await expect(herald.row('Later')).toBeVisible();
  await expectUnread(herald, 'Later');
  await expect(page).toHaveTitle('(1) Inbox · Herald');
});

test('a change that the server refuses is reverted and reported', async ({ herald, sender, page }) => {
  await herald.open();
  await sender.send({ title: 'One' });
  await expect(page).toHaveTitle('(1) Inbox · Herald');
  await page.route('**/api/notifications/state', (route) => route.abort());
  await herald.row('One').getByRole('button', { name: 'Mark read' }).click();
  await expect(page.locator('.problem').filter({ hasText: 'may not have been saved' })).toBeVisible();
  await expect(page).toHaveTitle('(1) Inbox · Herald');
  await expectUnread(herald, 'One');
});
