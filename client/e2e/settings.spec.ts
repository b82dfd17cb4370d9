import { expect, type Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { call, signIn } from './support/people.ts';
import { choose, chosen } from './support/preferences.ts';
import { recordDesktop, recordSounds } from './support/senses.ts';

const QUIET = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };

async function openSettings(herald: HeraldPage): Promise<void> {
  const { page } = herald;
  // A page behind another one draws no frames, so its menus may stay open.
  await page.bringToFront();
  await page.goto('/');
  await herald.visit('Settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
}

async function pick(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

async function rule(page: Page, category: string, choice: string): Promise<void> {
  await page.getByRole('radio', { name: `${category}: ${choice}` }).click();
}

function saved(page: Page): Promise<void> {
  return expect(page.locator('.saved').filter({ hasText: 'Saved' })).toBeVisible();
}

test('a setting is saved at once and follows the person to a second browser', async ({
  browser,
  page,
  herald,
  server,
  sender,
}) => {
  await sender.send({ category: 'builds' });
  await openSettings(herald);
  await pick(page, 'Show pop-ups for', 'Medium and high');
  await saved(page);
  await rule(page, 'builds', 'Muted');
  await page.getByRole('switch', { name: 'Keep quiet at certain hours' }).click();
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await expect
    .poll(() => chosen(server))
    .toMatchObject({
      minToast: 'medium',
      categories: { builds: 'muted' },
      quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Tokyo' },
    });

  const second = new HeraldPage(await browser.newPage({ baseURL: server.pageUrl }));
  await openSettings(second);
  await expect(second.page.getByRole('combobox', { name: 'Show pop-ups for' })).toHaveText('Medium and high');
  await expect(second.page.getByRole('radio', { name: 'builds: Muted' })).toBeChecked();
  await expect(second.page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo');
  await second.page.goto('/');
  await second.isLive();
  await sender.send({ title: 'Muted', category: 'builds', priority: 'high' });
  await sender.send({ title: 'Witness', category: 'deploy', priority: 'high' });
  await expect(second.toast('Witness')).toBeVisible();
  await expect(second.toasts).toHaveCount(1);
  await second.page.close();
});

test('a change reaches the person’s other pages within a second', async ({
  browser,
  context,
  page,
  herald,
  server,
}) => {
  const tab = new HeraldPage(await context.newPage());
  const second = new HeraldPage(await browser.newPage({ baseURL: server.pageUrl }));
  for (const one of [tab, second, herald]) {
    await openSettings(one);
    await one.isLive();
  }
  await pick(page, 'Show pop-ups for', 'Only high');
  for (const one of [tab, second]) {
    await expect(one.page.getByRole('combobox', { name: 'Show pop-ups for' })).toHaveText('Only high', {
      timeout: 1000,
    });
  }
  await second.page.getByRole('switch', { name: 'Play a short sound' }).click();
  await expect(page.getByRole('switch', { name: 'Play a short sound' })).toBeChecked({ timeout: 1000 });
  await second.page.close();
});

test('a category not seen before can be added, and an invalid one is refused at its field', async ({
  page,
  herald,
  server,
}) => {
  await openSettings(herald);
  await page.getByLabel('Another category').fill('backups');
  await page.keyboard.press('Enter');
  await rule(page, 'backups', 'Inbox only');
  await expect.poll(async () => (await chosen(server)).categories).toEqual({ backups: 'inbox' });

  await page.getByLabel('Another category').fill('two words');
  await page.getByRole('button', { name: 'Add' }).click();
  await rule(page, 'two words', 'Muted');
  await expect(page.locator('app-category-rules .problem')).toContainText('“two words” is not a category');
  await expect(page.locator('.problem').filter({ hasText: 'is not a category' })).toHaveCount(1);
});

test('a refusal of the server appears at the field, and the corrected value is saved', async ({
  page,
  herald,
  server,
}) => {
  await choose(server, { quietHours: QUIET });
  await openSettings(herald);
  const to = page.getByLabel('To', { exact: true });
  await to.fill('22:00');
  await to.blur();
  await expect(page.getByText('The end must differ from the beginning')).toBeVisible();
  await expect(to).toHaveAccessibleDescription('The end must differ from the beginning.');
  await to.fill('06:30');
  await to.blur();
  await saved(page);
  expect((await chosen(server)).quietHours).toEqual({ ...QUIET, to: '06:30' });
});

test('a time that is being typed stays while the one before it is saved', async ({ page, herald, server }) => {
  await choose(server, { quietHours: QUIET });
  await openSettings(herald);
  await page.getByLabel('From', { exact: true }).fill('21:30');
  const to = page.getByLabel('To', { exact: true });
  await to.fill('06:45');
  await saved(page);
  await expect(to).toHaveValue('06:45');
  await to.blur();
  await expect.poll(() => chosen(server)).toMatchObject({ quietHours: { from: '21:30', to: '06:45' } });
});

test('without the server, a change does not appear as saved', async ({ page, herald, server }) => {
  await openSettings(herald);
  await server.stop();
  await pick(page, 'Show pop-ups for', 'Only high');
  await expect(page.locator('.problem').filter({ hasText: 'may not have been saved' })).toBeVisible();
  await expect(page.locator('.saved').filter({ hasText: 'Saved' })).toHaveCount(0);
  // The control shows the old value too.
  await expect(page.getByRole('combobox', { name: 'Show pop-ups for' })).toHaveText('Everything');
  const sound = page.getByRole('switch', { name: 'Play a short sound' });
  await sound.click();
  await expect(sound).not.toBeChecked();
});

test('settings that failed to load do not appear as the defaults, and load on retry', async ({
  page,
  herald,
  server,
}) => {
  await choose(server, { minToast: 'high', categories: { builds: 'muted' } });
  await page.route('**/api/preferences', (route) => route.fulfill({ status: 503, json: {} }));
  await herald.open('/settings');
  await expect(page.locator('.problem').filter({ hasText: 'Your settings didn’t load' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Show pop-ups for' })).toHaveCount(0);
  await page.unroute('**/api/preferences');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('combobox', { name: 'Show pop-ups for' })).toHaveText('Only high');
  expect(await chosen(server)).toMatchObject({ minToast: 'high', categories: { builds: 'muted' } });
});

test("the page asks for desktop permission only on the person's click", async ({ page, herald, server }) => {
  await page.addInitScript(() => {
    const asked: string[] = [];
    const answer = {
      permission: 'default',
      requestPermission: () => (asked.push('asked'), (answer.permission = 'granted'), 'granted'),
    };
    Object.assign(window, { asked, Notification: answer });
  });
  const asked = (): Promise<number> => page.evaluate(() => (window as unknown as { asked: string[] }).asked.length);
  await choose(server, { desktop: true });
  await openSettings(herald);
  await expect(page.getByText('has not been asked yet')).toBeVisible();
  expect(await asked()).toBe(0);
  await page.getByRole('button', { name: 'Allow in this browser' }).click();
  await expect(page.getByText('has not been asked yet')).toHaveCount(0);
  expect(await asked()).toBe(1);
});

test('the page says that the browser blocks notifications, and the switch stays off', async ({
  page,
  herald,
  server,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, {
      Notification: { permission: 'denied', requestPermission: () => Promise.resolve('denied') },
    });
  });
  await openSettings(herald);
  const toggle = page.getByRole('switch', { name: /on the desktop/ });
  await toggle.click();
  await expect(page.getByText('This browser blocks notifications')).toBeVisible();
  await expect(toggle).not.toBeChecked();
  expect((await chosen(server)).desktop).toBe(false);
});

test('the colours chosen in this browser are there before the page paints, whatever the system', async ({
  page,
  herald,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openSettings(herald);
  await pick(page, 'Colours of this page', 'Dark');
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = 'rgb(16, 18, 23)';
  await expect.poll(paper).toBe(dark);
  // Without the app: only index.html and its script.
  await page.route(/\/(main|polyfills|chunk)-[\w-]+\.js$/, (route) => route.abort());
  await page.goto('/settings');
  expect(await paper()).toBe(dark);
  await page.unrouteAll({ behavior: 'wait' });
  await openSettings(herald);
  await pick(page, 'Colours of this page', 'Same as the system');
  await expect.poll(paper).toBe('rgb(246, 247, 249)');
});

test('a person tries the sound, a desktop notification and the whole way, and reads whether it is quiet now', async ({
  page,
  herald,
  server,
}) => {
  await recordSounds(page);
  await recordDesktop(page);
  await page.clock.setFixedTime('2026-01-31T23:30:00Z');
  await choose(server, { quietHours: QUIET, sound: true });
  await openSettings(herald);
  await page.getByRole('button', { name: 'Play the sound' }).click();
  await expect.poll(() => page.evaluate(() => window.played.length)).toBe(2);
  await page.getByRole('button', { name: 'Show a desktop notification' }).click();
  await expect.poll(() => page.evaluate(() => window.desktop.map(({ title }) => title))).toEqual(['Herald']);
  await expect(page.getByText('It is 00:30 in this time zone: now only high priority alerts you.')).toBeVisible();
  await herald.sendTest();
  await expect(herald.toast('Test notification')).toBeVisible();
});

test('the settings work by keyboard alone', async ({ page, herald, server }) => {
  await openSettings(herald);
  await page.getByRole('combobox', { name: 'Show pop-ups for' }).focus();
  await page.keyboard.press('ArrowDown');
  for (let n = 0; n < 2; n++) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect.poll(() => chosen(server)).toMatchObject({ minToast: 'medium', sound: true });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the settings are accessible in ${colorScheme} and fit a phone`, async ({ page, herald, server }) => {
    // An element that is still fading in has too little contrast.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 360, height: 740 });
    await choose(server, { quietHours: QUIET, sound: true, desktop: true, categories: { builds: 'muted' } });
    await openSettings(herald);
    await expect(page.getByRole('radio', { name: 'builds: Muted' })).toBeChecked();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
}

test('an Undo that fails says so, also after its page was left', async ({ page, herald, server }) => {
  await call(server, 'PUT', 'auth/me/topics/builds', await signIn(server));
  await herald.open('/settings');
  await page.getByRole('button', { name: 'Leave: builds' }).click();
  await page.getByRole('link', { name: 'Archived' }).click();
  await page.route('**/api/auth/me/topics/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('mat-snack-bar-container').filter({ hasText: 'Not undone: The server' })).toBeVisible();
});
