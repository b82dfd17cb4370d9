import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import type { HeraldPage } from './support/herald-page.ts';
import { InboxReads } from './support/inbox-reads.ts';

const AWAY = 'While you were away';

/** Day labels and titles of the list, top to bottom. */
function lines({ list }: HeraldPage): Promise<string[]> {
  return list
    .locator('h2, h3 a')
    .evaluateAll((elements) => elements.map((one) => one.lastChild?.textContent?.trim() ?? ''));
}

test('notifications that arrived while the page was closed are marked as such and summed up in one toast', async ({
  page,
  herald,
  sender,
}) => {
  await page.setViewportSize({ width: 1280, height: 2000 });
  await herald.open();
  await sender.send({ title: 'Known', priority: 'low' });
  await expect(herald.row('Known')).toBeVisible();
  await page.goto('about:blank');
  await sender.sendMany(12, { priority: 'medium' });
  await sender.send({ title: 'Urgent' });

  await herald.open();
  await expect(herald.toast('13 came while you were away')).toContainText('1 of high priority');
  await expect(herald.toasts).toHaveCount(1);
  await expect.poll(() => lines(herald)).toHaveLength(16);
  const read = await lines(herald);
  expect(read.slice(0, 2)).toEqual([AWAY, 'Urgent']);
  expect(read.slice(-2)).toEqual(['Today', 'Known']);

  await sender.send({ title: 'Live again' });
  await expect(herald.toast('Live again')).toBeVisible();
  await expect.poll(async () => (await lines(herald)).slice(0, 3)).toEqual(['Today', 'Live again', AWAY]);

  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(herald.list.getByText(AWAY, { exact: true })).toHaveCount(0);
});

test('the next reload reports nothing new', async ({ page, herald, sender }) => {
  await herald.open();
  await sender.sendMany(2);
  await expect(herald.rows).toHaveCount(2);
  await page.reload();
  await herald.isLive();
  await expect(herald.rows).toHaveCount(2);
  await sender.send({ title: 'Witness that toasts would be seen' });
  await expect(herald.toast('Witness')).toBeVisible();
  await expect(herald.toasts).toHaveCount(1);
  await expect(herald.list.getByText(AWAY, { exact: true })).toHaveCount(0);
});

test('a first visit reports nothing as missed, whatever the inbox holds', async ({ herald, sender }) => {
  await sender.sendMany(5);
  await herald.open();
  await expect(herald.rows).toHaveCount(5);
  await sender.send({ title: 'Witness that toasts would be seen' });
  await expect(herald.toast('Witness')).toBeVisible();
  await expect(herald.toasts).toHaveCount(1);
  await expect(herald.list.getByText(AWAY, { exact: true })).toHaveCount(0);
});

test('a single missed notification is shown itself', async ({ page, herald, sender }) => {
  await herald.open();
  await page.goto('about:blank');
  await sender.send({ title: 'The one' });
  await herald.open();
  await expect(herald.toast('The one')).toBeVisible();
  await expect(herald.list.getByText(AWAY, { exact: true })).toBeVisible();
});

test('the log resumes after a network cut: each notification once, none missing', async ({
  page,
  herald,
  sender,
  network,
}) => {
  const reads = new InboxReads(page);
  await herald.open(network.pageUrl);
  await page.evaluate(() => (document.body.dataset['witness'] = 'not reloaded'));
  await sender.send({ title: 'Before' });
  await expect(herald.row('Before')).toBeVisible();
  await reads.haveEnded();

  network.cut();
  await expect(herald.status).toHaveText('Offline. Trying again soon');
  await page.setViewportSize({ width: 1280, height: 2500 });
  await sender.sendMany(20, { priority: 'medium' });
  network.mend();

  await expect(herald.toast('20 came while you were away')).toBeVisible({ timeout: 15_000 });
  await expect(herald.status).toHaveText('Live');
  await sender.send({ title: 'After' });
  await expect(herald.row('After')).toBeVisible();
  const titles = await herald.titles();
  expect(titles).toHaveLength(22);
  expect(new Set(titles).size).toBe(22);
  await expect(page).toHaveTitle('(22) Inbox · Herald');
  await expect(page.locator('body')).toHaveAttribute('data-witness', 'not reloaded');
  // The connection resumed, so the inbox was not read again over HTTP.
  expect(reads.urls).toEqual([]);
});

test('the page shows how many notifications are left while it catches up', async ({
  page,
  herald,
  sender,
  network,
}) => {
  await herald.open(network.pageUrl);
  await page.evaluate(() => {
    const seen = new Set<string>();
    (window as unknown as { seen: Set<string> }).seen = seen;
    const line = document.querySelector('app-connection-line')!;
    new MutationObserver(() => seen.add(line.querySelector('.text')!.textContent)).observe(line, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  network.cut();
  await expect(herald.status).toHaveText('Offline. Trying again soon');
  await sender.sendMany(300, { priority: 'medium', message: 'x'.repeat(2000) });
  network.mend();

  await expect(herald.toast('300 came while you were away')).toBeVisible({ timeout: 15_000 });
  const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  expect(seen).toContainEqual(expect.stringMatching(/^Catching up, \d+ to go$/));
  await expect(page).toHaveTitle('(300) Inbox · Herald');
});

test('the page reloads the inbox of a server that lost its log, each notification once', async ({
  page,
  herald,
  server,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Lost with the memory' });
  await expect(herald.row('Lost with the memory')).toBeVisible();

  await server.kill();
  await server.start();
  await sender.sendMany(3);
  await herald.connectNow();
  await herald.isLive();

  await expect(herald.rows).toHaveCount(3);
  await expect(herald.row('Lost with the memory')).toHaveCount(0);
  await sender.send({ title: 'In the new log' });
  await expect(herald.row('In the new log')).toHaveCount(1);
  await expect(page).toHaveTitle('(4) Inbox · Herald');
});

test('after a server lost its log while the page was closed, its whole inbox counts as missed', async ({
  page,
  herald,
  server,
  sender,
}) => {
  await herald.open();
  await sender.sendMany(2);
  await expect(herald.rows).toHaveCount(2);
  await page.goto('about:blank');
  await server.kill();
  await server.start();
  await sender.sendMany(4);

  await herald.open();
  await expect(herald.toast('4 came while you were away')).toBeVisible();
  await expect(herald.rows).toHaveCount(4);
  await expect(herald.list.getByText(AWAY, { exact: true })).toBeVisible();
  await expect(page.getByText('Today')).toHaveCount(0);
});

test('older pages load below the entries from catching up', async ({ page, herald, sender }) => {
  await sender.sendMany(60, { priority: 'medium' });
  await herald.open();
  await expect(page).toHaveTitle('(60) Inbox · Herald');
  await page.goto('about:blank');
  await sender.sendMany(120, { priority: 'medium' });
  await herald.open();
  await expect(herald.toast('120 came')).toBeVisible();
  await herald.scrollTo('end');
  await herald.has(180);
  // The sender sends several at a time, so their order varies.
  await expect.poll(async () => Number((await herald.titles()).at(-1))).toBeLessThanOrEqual(16);
  await expect(page).toHaveTitle('(180) Inbox · Herald');
});
