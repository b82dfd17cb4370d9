import { type BrowserContext, expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';

const MINUTE = 60_000;

// The tests skip minutes on the page's clock only; the server would close the connection for an unanswered heartbeat.
test.use({ serverEnv: { HEARTBEAT_MS: String(60 * MINUTE) } });

async function openTabs(context: BrowserContext, paths: readonly string[]): Promise<HeraldPage[]> {
  const tabs: HeraldPage[] = [];
  for (const path of paths) {
    const tab = new HeraldPage(await context.newPage());
    await tab.page.clock.install();
    await tab.open(path);
    tabs.push(tab);
  }
  return tabs;
}

/** Tabs that show the reminder now. */
async function asking(tabs: readonly HeraldPage[]): Promise<HeraldPage[]> {
  const counts = await Promise.all(tabs.map((tab) => tab.toast('Evacuate').count()));
  return tabs.filter((_, n) => (counts[n] ?? 0) > 0);
}

async function pass(tabs: readonly HeraldPage[], ms: number): Promise<void> {
  for (const { page } of tabs) await page.clock.runFor(ms);
}

test('one of three tabs repeats the reminder every minute, and a confirmation in another tab ends it in all', async ({
  context,
  sender,
}) => {
  const tabs = await openTabs(context, ['/', '/', '/']);
  await sender.send({ title: 'Evacuate', requiresAck: true });
  for (const tab of tabs) await expect(tab.row('Evacuate')).toBeVisible();
  await expect.poll(async () => (await asking(tabs)).length).toBe(1);
  const [speaker] = (await asking(tabs)) as [HeraldPage];

  for (let times = 0; times < 2; times++) {
    await speaker.toast('Evacuate').getByRole('button', { name: 'Dismiss' }).click();
    await pass(tabs, 1000);
    await expect.poll(async () => (await asking(tabs)).length).toBe(0);
    await pass(tabs, MINUTE);
    await expect(speaker.toast('Evacuate')).toHaveCount(1);
    expect(await asking(tabs)).toEqual([speaker]);
  }

  const other = tabs.find((tab) => tab !== speaker) as HeraldPage;
  await other.row('Evacuate').getByRole('link').click();
  await other.detail.getByRole('button', { name: 'Confirm' }).click();
  await expect(speaker.toast('Evacuate')).toHaveCount(0);
  await pass(tabs, 3 * MINUTE);
  expect(await asking(tabs)).toEqual([]);
  for (const tab of tabs) {
    if (tab !== other) await tab.row('Evacuate').getByRole('link').click();
    await expect(tab.detail).toContainText('Confirmed');
  }
});

test('a tab on another view shows the reminder, and a confirmation in another tab ends it', async ({
  context,
  sender,
}) => {
  const tabs = await openTabs(context, ['/', '/archived']);
  const [other, speaker] = tabs as [HeraldPage, HeraldPage];
  await sender.send({ title: 'Evacuate', requiresAck: true });
  await expect(other.row('Evacuate')).toBeVisible();
  await expect(speaker.toast('Evacuate')).toBeVisible();
  await speaker.toast('Evacuate').getByRole('button', { name: 'Dismiss' }).click();
  await pass(tabs, 1000);
  await pass(tabs, MINUTE);
  await expect(speaker.toast('Evacuate')).toHaveCount(1);
  await other.row('Evacuate').getByRole('link').click();
  await other.detail.getByRole('button', { name: 'Confirm' }).click();
  await expect(speaker.toast('Evacuate')).toHaveCount(0);
  await pass(tabs, 2 * MINUTE);
  expect(await asking(tabs)).toEqual([]);
});

test('an unconfirmed notification stands above all newer ones until it is confirmed in its row', async ({
  context,
  herald,
  sender,
}) => {
  for (const title of ['Evacuate', 'Stand by']) await sender.send({ title, requiresAck: true });
  await sender.sendAtOnce(60, { priority: 'medium' });
  await herald.open();
  const tab = new HeraldPage(await context.newPage());
  await tab.open('/archived');
  await tab.page.getByRole('link', { name: 'Inbox' }).click();
  for (const one of [herald, tab]) {
    await expect(one.list.getByRole('heading', { name: 'To confirm' })).toBeVisible();
    await expect.poll(async () => (await one.titles()).slice(0, 3)).toEqual(['Stand by', 'Evacuate', '60']);
  }
  const filter = herald.page.getByRole('button', { name: 'To confirm' });
  await expect(filter).toHaveText('To confirm 2');

  await herald
    .row('Stand by')
    .getByRole('button', { name: /^Confirm/ })
    .press('Enter');
  await expect(herald.row('Evacuate').getByRole('link')).toBeFocused();
  for (const one of [herald, tab]) {
    await expect.poll(async () => (await one.titles()).slice(0, 2)).toEqual(['Evacuate', '60']);
  }
  await expect(filter).toHaveText('To confirm 1');
  await filter.click();
  await herald.has(1);
  await herald
    .row('Evacuate')
    .getByRole('button', { name: /^Confirm/ })
    .click();
  await expect(herald.page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await expect(tab.list.getByRole('heading', { name: 'To confirm' })).toHaveCount(0);
});
