import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { choose, chosen } from './support/preferences.ts';
import { watchToasts } from './support/toast-watch.ts';

const HOUR_MS = 3_600_000;

for (const rule of ['muted', 'inbox'] as const) {
  test(`a notification whose category is ${rule} shows no toast but is in the inbox`, async ({
    server,
    herald,
    sender,
  }) => {
    await choose(server, { categories: { builds: rule } });
    await herald.open();

    await sender.send({ title: 'Build 42 failed', category: 'builds', priority: 'high' });
    await sender.send({ title: 'Witness that toasts would be seen', category: 'deploy', priority: 'low' });

    await expect(herald.toast('Witness')).toBeVisible();
    await expect(herald.row('Build 42 failed')).toBeVisible();
    await expect(herald.toasts).toHaveCount(1);
  });
}

test('the rule of a category is set from an open notification, can be undone and applies at once', async ({
  server,
  page,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Build 41', category: 'builds', priority: 'medium' });
  await herald.row('Build 41').getByRole('link').click();
  const button = herald.detail.getByRole('button', { name: 'Notification settings for builds' });
  await button.click();
  await expect(page.getByRole('menuitemradio', { name: 'Pops up' })).toHaveAttribute('aria-checked', 'true');
  await page.getByRole('menuitemradio', { name: 'Muted' }).click();
  await expect(page.locator('mat-snack-bar-container')).toContainText('builds: Muted');
  await expect.poll(async () => (await chosen(server)).categories).toEqual({ builds: 'muted' });
  await page.locator('mat-snack-bar-container').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await chosen(server)).categories).toEqual({});

  await button.click();
  await page.getByRole('menuitemradio', { name: 'Inbox only' }).click();
  await expect.poll(async () => (await chosen(server)).categories).toEqual({ builds: 'inbox' });
  await sender.send({ title: 'Build 42', category: 'builds', priority: 'high' });
  await sender.send({ title: 'Witness', category: 'deploy', priority: 'high' });
  await expect(herald.toast('Witness')).toBeVisible();
  await expect(herald.row('Build 42')).toBeVisible();
  await expect(herald.toast('Build 42')).toHaveCount(0);

  await server.kill();
  await button.click();
  await page.getByRole('menuitemradio', { name: 'Muted' }).click();
  await expect(page.locator('mat-snack-bar-container').filter({ hasText: 'may not have been saved' })).toBeVisible();
  await button.click();
  await expect(page.getByRole('menuitemradio', { name: 'Inbox only' })).toHaveAttribute('aria-checked', 'true');
});

test('a notification below the minimum toast priority shows no toast but is in the inbox', async ({
  server,
  herald,
  sender,
}) => {
  await choose(server, { minToast: 'high' });
  await herald.open();
  for (const priority of ['low', 'medium', 'high'] as const) await sender.send({ title: `Of ${priority}`, priority });
  await expect(herald.toast('Of high')).toBeVisible();
  await herald.has(3);
  await expect(herald.toasts).toHaveCount(1);
});

test.describe('in quiet hours', () => {
  test.use({ serverEnv: { TOKEN_TTL_SECONDS: '86400' } });

  test('low stays silent, high breaks through, and one line sums up afterwards', async ({
    server,
    page,
    herald,
    sender,
  }) => {
    // The server stamps with its real clock, six hours behind the page's, so outside these quiet hours.
    const now = Date.now() + 6 * HOUR_MS;
    const quietHours = { from: timeOf(now - HOUR_MS), to: timeOf(now + HOUR_MS), timeZone: 'UTC' };
    await choose(server, { quietHours });
    await page.clock.install({ time: now });
    await herald.open();

    await sender.send({ title: 'Low one', priority: 'low' });
    await sender.send({ title: 'Low two', priority: 'low' });
    await sender.send({ title: 'Medium', priority: 'medium' });
    await sender.send({ title: 'The house is on fire', priority: 'high' });
    await expect(herald.toast('The house is on fire')).toBeVisible();
    await expect(herald.rows).toHaveCount(4);
    await expect(herald.toasts).toHaveCount(1);
    await expect(herald.toasts).toHaveCount(0, { timeout: 8000 });

    await page.clock.fastForward(HOUR_MS + 60_000);
    await expect(herald.toasts).toContainText(['3 came during quiet hours: 1 medium, 2 low']);
    await herald.isLive();
    await sender.send({ title: 'Good morning', priority: 'low' });
    await expect(herald.toast('Good morning')).toBeVisible();
    await expect(herald.toast('quiet hours')).toHaveCount(1);
  });

  test('the summary of held-back notifications survives closing the page', async ({ server, page, herald, sender }) => {
    const now = Date.now() + 6 * HOUR_MS;
    await choose(server, { quietHours: { from: timeOf(now - HOUR_MS), to: timeOf(now + HOUR_MS), timeZone: 'UTC' } });
    await page.clock.install({ time: now });
    await herald.open();
    await sender.send({ title: 'Low', priority: 'low' });
    await expect(herald.row('Low')).toBeVisible();
    // A new tab becomes leader, and so holds notifications back, only after a short delay.
    const heldBack = (): Promise<string | undefined> =>
      page.evaluate(
        () => Object.entries(localStorage).find(([key]) => key.includes('held-back'))?.[1] as string | undefined,
      );
    await expect.poll(heldBack).toBe('{"low":1}');

    await page.reload();
    await herald.isLive();
    await page.clock.fastForward(HOUR_MS + 60_000);

    await expect(herald.toast('1 came during quiet hours: 1 low')).toBeVisible();
  });
});

test('a flood of 40 in one category becomes one counted toast, and all 40 are in the inbox', async ({
  page,
  herald,
  sender,
}) => {
  await watchToasts(page);
  await herald.open();

  await sender.sendMany(40, { priority: 'low', category: 'builds' });

  await expect(herald.toast('37 more from builds')).toBeVisible({ timeout: 10_000 });
  const flood = page.getByRole('button', { name: /^40 from builds/ });
  await expect(flood).toContainText('40 unread');
  await expect(herald.rows).toHaveCount(0);
  // Tall enough for the virtual list to render all of them.
  await page.setViewportSize({ width: 1280, height: 4000 });
  await flood.click();
  await expect(herald.rows).toHaveCount(40);
  expect(new Set(await herald.titles()).size).toBe(40);
  await expect(herald.toasts).toHaveCount(0, { timeout: 12_000 });
  // The three toasts shown before the flood began, and its counter.
  expect(await page.evaluate(() => Object.keys(window.toastTimes).length)).toBe(4);
});

test('high priority never folds into a flood of its category', async ({ herald, sender }) => {
  await herald.open();
  await sender.sendMany(10, { priority: 'low', category: 'builds' });
  await sender.send({ title: 'Build server down', priority: 'high', category: 'builds' });
  await expect(herald.toast('Build server down')).toBeVisible({ timeout: 10_000 });
});

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
