import { type BrowserContext, expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { HeraldPage } from './herald-page.ts';
import { choose } from './preferences.ts';
import { recordDesktop, recordSounds } from './senses.ts';
import { watchToasts } from './toast-watch.ts';

/** Opens the page in so many tabs of one browser. */
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

/** The tabs that have shown a toast of this title by now, once all have the notification and one has shown it. */
async function speakersOf(title: string, tabs: HeraldPage[]): Promise<HeraldPage[]> {
  for (const tab of tabs) await expect(tab.row(title)).toBeVisible();
  const spoke = async (): Promise<boolean[]> =>
    Promise.all(tabs.map(({ page }) => page.evaluate((wanted) => wanted in window.toastTimes, title)));
  await expect.poll(async () => (await spoke()).filter(Boolean).length).toBeGreaterThan(0);
  const has = await spoke();
  return tabs.filter((_, n) => has[n]);
}

/** Playwright shows every page to itself as visible; here a tab can be put behind another. */
async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isVisible ? 'visible' : 'hidden',
  );
}

test('of five tabs one speaks; when it is closed, another does', async ({ context, sender }) => {
  const tabs = await openTabs(context, 5);

  await sender.send({ title: 'First' });
  const [speaker, ...others] = await speakersOf('First', tabs);
  expect(others).toEqual([]);

  await speaker!.page.close();
  const left = tabs.filter((tab) => tab !== speaker);
  await sender.send({ title: 'Second' });
  expect(await speakersOf('Second', left)).toHaveLength(1);
  for (const { page } of left) expect(await page.evaluate(() => 'First' in window.toastTimes)).toBe(false);
});

test('the tab in view speaks, whichever was opened last', async ({ context, sender }) => {
  const tabs = await openTabs(context, 3);
  for (const { page } of tabs.slice(1)) await setVisible(page, false);

  await sender.send({ title: 'In view' });
  expect(await speakersOf('In view', tabs)).toEqual([tabs[0]]);

  await setVisible(tabs[0]!.page, false);
  await setVisible(tabs[1]!.page, true);
  await sender.send({ title: 'Now here' });
  expect(await speakersOf('Now here', tabs)).toEqual([tabs[1]]);

  await setVisible(tabs[1]!.page, false);
  await sender.send({ title: 'Behind' });
  expect(await speakersOf('Behind', tabs)).toHaveLength(1);
});

test('without Web Locks each tab speaks', async ({ context, sender }) => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
  const tabs = await openTabs(context, 2);
  await sender.send({ title: 'For all' });
  for (const tab of tabs) await expect(tab.toast('For all')).toBeVisible();
});

test('of five tabs one is heard and shows it on the desktop, the same as has the toast; when it is closed, another does', async ({
  context,
  server,
  sender,
}) => {
  await recordSounds(context);
  await recordDesktop(context);
  // As in tabs in each of which the person has clicked.
  await context.addInitScript(() =>
    Object.defineProperty(navigator, 'userActivation', { get: () => ({ hasBeenActive: true }) }),
  );
  await choose(server, { sound: true, desktop: true });
  let tabs = await openTabs(context, 5);
  for (const { page } of tabs) await setVisible(page, false);

  for (const title of ['First', 'Second']) {
    await sender.send({ title, priority: 'high' });
    const [speaker, ...others] = await speakersOf(title, tabs);
    expect(others).toEqual([]);
    await expect
      .poll(() => speaker!.page.evaluate(() => [window.played.length, window.desktop.map((one) => one.title)]))
      .toEqual([4, [title]]);
    const rest = tabs.filter((tab) => tab !== speaker);
    for (const { page } of rest) expect(await page.evaluate(() => [window.played, window.desktop])).toEqual([[], []]);
    await speaker!.page.close();
    tabs = rest;
  }
});

test("a sound waits for the person's first click, then says how urgent it is", async ({
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
    // Playwright's own looks at the page count as a gesture there; a person's click is what is meant.
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

test('on the desktop: only while the page is hidden, once each, and a click leads to it', async ({
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
