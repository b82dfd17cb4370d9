import { type BrowserContext, expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { choose } from './support/preferences.ts';
import { recordDesktop, recordSounds, setVisible } from './support/senses.ts';
import { watchToasts } from './support/toast-watch.ts';

/** Opens the page in `count` tabs of one browser. */
async function openTabs(context: BrowserContext, count: number): Promise<HeraldPage[]> {
  const tabs: HeraldPage[] = [];
  for (let n = 0; n < count; n++) {
    const tab = new HeraldPage(await context.newPage());
    await watchToasts(tab.page);
    await tab.open();
    tabs.push(tab);
  }
  return tabs;
}

/** Waits until the tab holds the lock of the leader: one that comes into view takes it from another. */
async function takesOver({ page }: HeraldPage): Promise<void> {
  const holds = (): Promise<boolean> =>
    page.evaluate(() =>
      navigator.locks.request('who am I', async () => {
        const { held = [] } = await navigator.locks.query();
        const holderOf = (wanted: RegExp): string | undefined =>
          held.find(({ name = '' }) => wanted.test(name))?.clientId;
        return holderOf(/tab-leader$/) === holderOf(/^who am I$/);
      }),
    );
  await expect.poll(holds).toBe(true);
}

/** Tabs that have shown a toast of this title, once every tab has the notification and at least one has shown it. */
async function leadersOf(title: string, tabs: HeraldPage[]): Promise<HeraldPage[]> {
  for (const tab of tabs) await expect(tab.row(title)).toBeVisible();
  const shown = async (): Promise<boolean[]> =>
    Promise.all(tabs.map(({ page }) => page.evaluate((wanted) => wanted in window.toastTimes, title)));
  await expect.poll(async () => (await shown()).filter(Boolean).length).toBeGreaterThan(0);
  const has = await shown();
  return tabs.filter((_, n) => has[n]);
}

test('one of five tabs shows toasts; when it closes, another takes over', async ({ context, sender }) => {
  const tabs = await openTabs(context, 5);

  await sender.send({ title: 'First' });
  const [leader, ...others] = await leadersOf('First', tabs);
  expect(others).toEqual([]);

  await leader!.page.close();
  const left = tabs.filter((tab) => tab !== leader);
  await sender.send({ title: 'Second' });
  expect(await leadersOf('Second', left)).toHaveLength(1);
  for (const { page } of left) expect(await page.evaluate(() => 'First' in window.toastTimes)).toBe(false);
});

test('the visible tab shows toasts, whichever was opened last', async ({ context, sender }) => {
  const tabs = await openTabs(context, 3);
  for (const { page } of tabs.slice(1)) await setVisible(page, false);

  await takesOver(tabs[0]!);
  await sender.send({ title: 'In view' });
  expect(await leadersOf('In view', tabs)).toEqual([tabs[0]]);

  await setVisible(tabs[0]!.page, false);
  await setVisible(tabs[1]!.page, true);
  await takesOver(tabs[1]!);
  await sender.send({ title: 'Now here' });
  expect(await leadersOf('Now here', tabs)).toEqual([tabs[1]]);

  await setVisible(tabs[1]!.page, false);
  await sender.send({ title: 'Behind' });
  expect(await leadersOf('Behind', tabs)).toHaveLength(1);
});

test('without Web Locks every tab shows toasts', async ({ context, sender }) => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
  const tabs = await openTabs(context, 2);
  await sender.send({ title: 'For all' });
  for (const tab of tabs) await expect(tab.toast('For all')).toBeVisible();
});

test('with five tabs, only the leader plays sounds and shows desktop notifications; when it closes, another does', async ({
  context,
  server,
  sender,
}) => {
  await recordSounds(context);
  await recordDesktop(context);
  // Simulates a person's click in every tab.
  await context.addInitScript(() =>
    Object.defineProperty(navigator, 'userActivation', { get: () => ({ hasBeenActive: true }) }),
  );
  await choose(server, { sound: true, desktop: true });
  let tabs = await openTabs(context, 5);
  for (const { page } of tabs) await setVisible(page, false);

  for (const title of ['First', 'Second']) {
    await sender.send({ title, priority: 'high' });
    const [leader, ...others] = await leadersOf(title, tabs);
    expect(others).toEqual([]);
    await expect
      .poll(() => leader!.page.evaluate(() => [window.played.length, window.desktop.map((one) => one.title)]))
      .toEqual([4, [title]]);
    const rest = tabs.filter((tab) => tab !== leader);
    for (const { page } of rest) expect(await page.evaluate(() => [window.played, window.desktop])).toEqual([[], []]);
    await leader!.page.close();
    tabs = rest;
  }
});

test("sounds start after the person's first click, and their notes tell the priority", async ({
  server,
  page,
  herald,
  sender,
}) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isOurs = !message.text().includes('blocked by Playwright');
    if (isOurs && (message.type() === 'warning' || message.type() === 'error')) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    // Playwright's own evaluation counts as a gesture; only a person's click should.
    let hasBeenActive = false;
    window.addEventListener('click', () => (hasBeenActive = true), true);
    Object.defineProperty(navigator, 'userActivation', { get: () => ({ hasBeenActive }) });
  });
  await recordSounds(page);
  await choose(server, { sound: true, minSound: 'medium' });
  await herald.open();
  await sender.send({ title: 'Before', priority: 'high' });
  await expect(herald.toast('Before')).toBeVisible();
  expect(await page.evaluate(() => window.played)).toEqual([]);

  await page.getByRole('heading', { name: /Inbox/ }).click();
  await sender.send({ title: 'Not loud enough', priority: 'low' });
  await expect(herald.toast('Not loud enough')).toBeVisible();
  await sender.send({ title: 'After', priority: 'medium' });
  await expect.poll(() => page.evaluate(() => window.played)).toEqual([659, 880]);
  expect(complaints).toEqual([]);
});

test('desktop notifications appear once each, only on a hidden page, and open on click', async ({
  server,
  page,
  herald,
  sender,
}) => {
  await recordDesktop(page);
  await choose(server, { desktop: true });
  await herald.open();
  await page.goto('/settings');
  await herald.isLive();
  await sender.send({ title: 'In view' });
  await expect(herald.toast('In view')).toBeVisible();
  expect(await page.evaluate(() => window.desktop.length)).toBe(0);

  await setVisible(page, false);
  const { id } = await sender.send({ title: 'Hidden' });
  await expect
    .poll(() => page.evaluate(() => window.desktop.map(({ title, tag }) => [title, tag])))
    .toEqual([['Hidden', id]]);

  await setVisible(page, true);
  await page.evaluate(() => window.desktop[0]?.onclick?.());
  await expect(page).toHaveURL(/\/\?open=/);
  await expect(herald.row('Hidden')).toBeVisible();
});
