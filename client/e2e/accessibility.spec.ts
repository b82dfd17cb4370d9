import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { type AxeRules, axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';
import { expectNoFault, WITH_MENU } from './support/looks.ts';
import { addPerson, call, signIn } from './support/people.ts';
import { choose } from './support/preferences.ts';

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Keeps toasts open while axe inspects them. */
async function holdToasts(page: Page): Promise<void> {
  await page.locator('app-toast .bar').evaluateAll((bars) => bars.forEach((bar) => bar.getAnimations()[0]?.pause()));
}

test.describe.configure({ timeout: 120_000 });

test('axe reports the faults of a page', async ({ page }) => {
  const small = '<button style="width: 9px; height: 9px; padding: 0" aria-label="Small"></button>';
  await page.setContent(`<img src="x.png"><p style="color: #ccc; background: #fff">pale</p>${small}${small}`);
  const found = async (rules: AxeRules) => (await axeViolations(page, rules)).map((one) => one.split(':')[0]);
  expect(await found({ except: ['region'] })).toEqual(
    expect.arrayContaining(['image-alt', 'color-contrast', 'target-size']),
  );
  expect(await found({ except: ['image-alt'] })).not.toContain('image-alt');
  expect(await found({ only: ['color-contrast'] })).toEqual(['color-contrast']);
});

test('axe finds no violations in the inbox, its menu and its toasts, light and dark, narrow and wide', async ({
  page,
  herald,
  sender,
  server,
}) => {
  await herald.open();
  await expectNoFault(page, 'empty inbox');

  const longWord = 'unbreakable'.repeat(15);
  await sender.send({ title: longWord, message: `${longWord} `.repeat(3), priority: 'high' });
  await sender.send({ title: 'Medium', priority: 'medium' });
  await sender.send({ title: 'Low', priority: 'low' });
  await sender.sendMany(12, { priority: 'low', category: 'builds' });
  await expect(herald.toasts).toHaveCount(3);
  await holdToasts(page);
  await herald.has(4);
  await herald.row('Medium').getByRole('button', { name: 'Mark read' }).click();
  await expectNoFault(page, 'full inbox with toasts');

  await page.getByRole('button', { name: /^12 from builds/ }).click();
  await herald.row('Medium').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Priority' })).toBeVisible();
  await expectNoFault(page, 'open flood, something ticked, filters');
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('button', { name: 'Clear selection' }).click();

  await page.getByRole('button', { name: /^Account/ }).click();
  await expectNoFault(page, 'account menu', WITH_MENU);
  await page.keyboard.press('Escape');

  await herald.row('Medium').getByRole('link').click();
  await expect(herald.detail.getByRole('article')).toBeVisible();
  await expectNoFault(page, 'open notification');
  await herald.detail.getByRole('button', { name: 'Snooze' }).click();
  await expectNoFault(page, 'snooze menu', WITH_MENU);
  await herald.pick('1 hour');
  await expect(page.locator('mat-snack-bar-container')).toContainText('Snoozed until');
  await expectNoFault(page, 'undo offered', WITH_MENU);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectNoFault(page, 'keys', WITH_MENU);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await expect(page.getByRole('dialog', { name: 'Saved filters' })).toBeVisible();
  await expectNoFault(page, 'saved filters', WITH_MENU);
  await page.goto('/archived?q=nothing&category=none');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await expectNoFault(page, 'nothing matches');

  await page.goto('about:blank');
  await sender.sendMany(5);
  await herald.open();
  await expect(herald.toast('5 came while you were away')).toBeVisible();
  await holdToasts(page);
  await expectNoFault(page, 'inbox with later arrivals');
  await sender.send({
    title: 'Evacuate',
    message: '# Now\n\n- [x] `alarm`\n\n> Be quick\n\n|Exit|\n|-:|\n|1|',
    markdown: true,
    requiresAck: true,
    actions: [{ label: 'Outside', event: 'outside' }],
  });
  await herald.row('Evacuate').getByRole('link').click();
  await herald.detail.getByRole('button', { name: 'Outside' }).click();
  await expect(herald.detail).toContainText('You chose Outside');
  await expectNoFault(page, 'something to confirm, open and answered');

  await server.kill();
  await expect(page.getByText('Not connected')).toBeVisible();
  await expectNoFault(page, 'waiting for the server');
});

test('axe finds no violations in the forms and their errors, light and dark, narrow and wide', async ({
  page,
  herald,
}) => {
  await herald.openCompose();
  await expect(page.getByRole('heading', { name: 'Compose' })).toBeVisible();
  await expectNoFault(page, 'compose');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('This can’t be blank').first()).toBeVisible();
  await expectNoFault(page, 'compose with errors');
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await expect(page.getByRole('listbox')).toBeVisible();
  await expectNoFault(page, 'list of priorities', WITH_MENU);
  await page.keyboard.press('Escape');

  await herald.signOut();
  await herald.signIn();
  await herald.isLive();
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem('herald.session')!);
    localStorage.setItem('herald.session', JSON.stringify({ ...stored, expiresAt: 0 }));
  });
  await page.reload();
  await expect(page.getByRole('main').getByText('Your session has expired')).toBeVisible();
  await expectNoFault(page, 'sign-in with the reason');
  await herald.signIn('admin', 'wrong');
  await expect(page.locator('.problem')).toContainText('password');
  await expectNoFault(page, 'sign-in refused');
});

/** Path of every page. */
const PAGES = [
  ...readFileSync(new URL('../src/app/app.routes.ts', import.meta.url), 'utf8').matchAll(/path: '([^*:']*)'/g),
].map(([, path]) => path!);

test('axe finds no violations on any page with content, light and dark, narrow and wide', async ({
  page,
  herald,
  sender,
  server,
}) => {
  await call(server, 'PUT', 'auth/me/topics/builds', await addPerson(server, 'ada', ['ops']));
  const [archived, snoozed] = [await sender.send({ title: 'Archived' }), await sender.send({ title: 'Snoozed' })];
  await sender.change([archived.id], { archived: true });
  await sender.change([snoozed.id], { snoozedUntil: inHours(24) });
  await sender.send({ title: 'Low', priority: 'low', tags: ['rocket', 'disk'] });
  await call(server, 'POST', 'apps', await signIn(server), { name: 'backup', audience: ['everyone'] });
  await call(server, 'POST', 'notifications/send', await signIn(server), {
    title: 'Planned',
    message: 'x',
    priority: 'low',
    category: 'a',
    deliverAt: inHours(1),
  });
  await choose(server, {
    sound: true,
    desktop: true,
    categories: { builds: 'muted' },
    quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' },
  });
  expect(PAGES.length).toBeGreaterThanOrEqual(8);
  for (const path of PAGES.filter((one) => one !== 'sign-in')) {
    await herald.open(`/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectNoFault(page, `/${path}`);
  }
  await herald.signOut();
  await expect(page.getByRole('button', { name: 'Continue with the demo' })).toBeVisible();
  await expectNoFault(page, '/sign-in');
});

test('axe finds no violations in open lists and dialogs, light and dark, narrow and wide', async ({
  page,
  herald,
  sender,
  server,
}) => {
  await call(server, 'PUT', 'auth/me/topics/builds', await addPerson(server, 'ada', ['ops']));
  const list = page.getByRole('listbox');
  await herald.openCompose();
  await page.getByRole('button', { name: 'Remove everyone' }).click();
  await page.getByRole('combobox', { name: 'To' }).click();
  await expect(page.getByRole('option', { name: 'ada' })).toBeVisible();
  await expectNoFault(page, 'whom to send to', WITH_MENU);

  await herald.open();
  await sender.send({ title: 'Later' });
  await herald.row('Later').getByRole('link').click();
  await herald.detail.getByRole('button', { name: 'Notification settings for test' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Muted' })).toBeVisible();
  await expectNoFault(page, 'category menu', WITH_MENU);
  await page.keyboard.press('Escape');
  await herald.detail.getByRole('button', { name: 'Snooze' }).click();
  await page.getByRole('menuitem', { name: 'Another time…' }).click();
  await expect(page.getByRole('dialog', { name: 'Snooze until' })).toBeVisible();
  await expectNoFault(page, 'a time to snooze until', WITH_MENU);

  await herald.open();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await expect(list).toBeVisible();
  await expectNoFault(page, 'priorities to filter by', WITH_MENU);

  await herald.open('/settings');
  await page.getByRole('combobox', { name: 'Another topic' }).pressSequentially('b');
  await expect(page.getByRole('option', { name: 'builds' })).toBeVisible();
  await expectNoFault(page, 'topics to follow', WITH_MENU);
  await page.keyboard.press('Escape');

  await herald.open('/people');
  await page.getByRole('button', { name: 'Change: ada' }).click();
  await page.getByRole('combobox', { name: 'Roles' }).click();
  await expect(page.getByRole('option', { name: 'admin' })).toBeVisible();
  await expectNoFault(page, 'a person, and roles to choose from', WITH_MENU);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await herald.choose('Remove…', 'ada');
  await expect(page.getByRole('dialog')).toContainText('Remove ada?');
  await expectNoFault(page, 'a person to be removed', WITH_MENU);
});

test('axe finds no violations in the dialogs of an app, light and dark, narrow and wide', async ({ page, herald }) => {
  await herald.open('/apps');
  await expectNoFault(page, 'no apps');
  await page.getByRole('button', { name: 'New app' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByText('More options').click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.locator('mat-error')).toContainText('A name has letters');
  await expectNoFault(page, 'a new app, refused', WITH_MENU);
  await dialog.getByLabel('Name').fill('backup');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('button', { name: 'GitHub' }).click();
  await expect(dialog).toContainText('Content type: application/json');
  await expectNoFault(page, 'a key, and lines that use it', WITH_MENU);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await herald.choose('New key…', 'backup');
  await expect(dialog).toContainText('New key for backup?');
  await expectNoFault(page, 'a key to be changed', WITH_MENU);
});

test('axe finds no violations in empty states, light and dark, narrow and wide', async ({ page, herald }) => {
  await page.route('**/api/info', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'The server can’t be reached' })).toBeVisible();
  await expectNoFault(page, 'no server');

  // A newer route comes first. Without any, a request between two routes would reach the server.
  await page.route('**/api/notifications?*', () => undefined);
  await page.unroute('**/api/info');
  await herald.open();
  await expectNoFault(page, 'loading');

  await page.route('**/api/notifications?*', (route) => route.fulfill({ status: 500, json: {} }));
  await herald.open();
  await expect(page.getByRole('heading', { name: 'The notifications didn’t load' })).toBeVisible();
  await expectNoFault(page, 'not loaded');
  await page.unroute('**/api/notifications?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
});
