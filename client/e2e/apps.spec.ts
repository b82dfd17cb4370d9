import type { App, AppWithKey } from '@herald/protocol';
import { expect, type Locator, type Page, type Route } from '@playwright/test';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from './support/fixtures.ts';
import { addPerson, call, PASSWORD, signIn } from './support/people.ts';

const inShell = (line: string) => promisify(execFile)('sh', ['-c', line.replace(/^curl/, 'curl -fsS')]);
const lineIn = (dialog: Locator) => dialog.locator('app-copyable.line code').innerText();
const reasonAt = (dialog: Locator, field: string) =>
  dialog
    .locator('mat-form-field')
    .filter({ has: dialog.page().locator('label', { hasText: field }) })
    .locator('mat-error');

/** A first delivery of each program that sends to an address. */
const WEBHOOKS: [string, object, Record<string, string>][] = [
  ['Alertmanager', { version: '4', status: 'firing', commonLabels: { alertname: 'From Alertmanager' } }, {}],
  ['GitHub', { zen: 'From GitHub', repository: { full_name: 'ada/herald' } }, { 'X-GitHub-Event': 'ping' }],
  ['Slack', { text: 'From Slack' }, {}],
];

const apps = (page: Page) => page.getByRole('list', { name: 'Apps' }).getByRole('listitem');
const app = (page: Page, name: string) => apps(page).filter({ has: page.getByRole('heading', { name, exact: true }) });

/** Holds requests back until `release`, which lets those that wait go on, or cuts them. */
async function heldBack(page: Page, url: string, method = 'POST') {
  const held: Route[] = [];
  let count = 0;
  await page.route(url, async (route) => {
    if (route.request().method() !== method) {
      await route.fallback();
      return;
    }
    count += 1;
    held.push(route);
  });
  const release = async (isAnswered = true): Promise<void> => {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    for (const route of held.splice(0)) await (isAnswered ? route.continue() : route.abort());
  };
  return { count: () => count, release };
}

test('the data of an open notification is a table, whose rest a button shows', async ({ herald, sender }) => {
  const labels = { severity: 'page', team: 'storage', zone: 'a', rack: '7', disk: 'nvme0' };
  const { id } = await sender.send({
    title: 'Disk',
    data: { host: 'db-1', html: '<b>no</b>', log: 'https://example.com/log', labels, alerts: ['DiskFull', 'Slow'] },
  });
  await herald.open(`/?open=${id}`);
  const table = herald.detail.getByRole('table', { name: 'Data' });
  await expect(table.getByRole('row', { name: 'labels.severity page' })).toBeVisible();
  await expect(table.getByRole('row', { name: 'html <b>no</b>' })).toBeVisible();
  await expect(table.getByRole('link', { name: 'https://example.com/log' })).toHaveAttribute('target', '_blank');
  await expect(table.getByRole('row')).toHaveCount(8);
  await herald.detail.getByRole('button', { name: 'Show all 10' }).click();
  await expect(table.getByRole('row').last()).toHaveAccessibleName('alerts.1 Slow');
  await expect(herald.detail.getByRole('button', { name: 'Show fewer' })).toBeFocused();
});

test('apps come a page at a time, each with its purpose, owner, last use and expiry', async ({ page, herald }) => {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const all = Array.from({ length: 30 }, (_, n): App => {
    const plain: App = {
      id: n + 1,
      name: `app-${n + 1}`,
      owner: 'admin',
      scope: 'send',
      audience: ['everyone'],
      createdAt: at(-99),
    };
    if (n === 1)
      return {
        ...plain,
        owner: 'ada',
        audience: ['user:ada', 'topic:builds'],
        lastUsedAt: at(-3.5),
        lastUsedFrom: '192.0.2.7',
      };
    return n === 2 ? { ...plain, scope: 'read', audience: [], expiresAt: at(-1) } : plain;
  });
  await page.route(/\/api\/apps(\?|$)/, (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
    const items = all.filter(({ id }) => id > after).slice(0, 20);
    return route.fulfill({ json: { items, nextCursor: items.at(-1)!.id < 30 ? String(items.at(-1)!.id) : null } });
  });
  await herald.open();
  await herald.visit('Apps');
  await expect(apps(page)).toHaveCount(20);
  await expect(app(page, 'app-1')).toContainText(/Sends to everyone\s*Never used/);
  await expect(app(page, 'app-2')).toContainText(
    /Sends to ada, topic builds\s*Owner: ada\s*Last used 3 hr. ago from 192.0.2.7/,
  );
  await expect(app(page, 'app-3')).toContainText(/Reads your notifications\s*Never used\s*Expired /);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(apps(page)).toHaveCount(30);
  await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('a person sees their own apps only, and removes one; a failed load can be retried', async ({
  page,
  herald,
  server,
}) => {
  const ada = await addPerson(server, 'ada');
  await call(server, 'POST', 'apps', await signIn(server), { name: 'builds', audience: ['everyone'] });
  await call(server, 'POST', 'apps', ada, { name: 'backup', audience: ['user:ada'] });
  await herald.open();
  await herald.signOut();
  await herald.signIn('ada', PASSWORD);
  await page.route('**/api/apps', (route) => route.abort());
  await herald.visit('Apps');
  await expect(page.locator('app-apps-page .problem')).toContainText('can’t be reached');
  await page.unroute('**/api/apps');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(apps(page)).toHaveCount(1);
  await expect(app(page, 'backup')).toContainText('Sends to you');
  await herald.choose('Remove…', 'backup');
  const dialog = page.getByRole('dialog', { name: 'Remove backup?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No apps yet' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Apps', exact: true })).toBeFocused();
});

test('a new app ends in its key and in lines that work, and its first message is seen to arrive', async ({
  page,
  context,
  herald,
  server,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await call(server, 'PUT', 'auth/me/topics/builds', await signIn(server));
  await herald.open('/apps');
  await page.getByRole('button', { name: 'New app' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('backup');
  await expect(dialog.getByRole('grid', { name: 'Recipients' }).getByRole('row')).toHaveText([/admin/]);
  await dialog.getByRole('combobox', { name: 'To' }).fill('#builds');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toHaveAccessibleName('Key of backup');
  const key = await dialog.locator('code').first().innerText();
  await dialog.getByRole('button', { name: 'Copy: Key' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await page.keyboard.press('Escape');

  await dialog.getByRole('button', { name: 'Wait for the first message' }).click();
  await expect(dialog).toContainText('Waiting. Try it now.');
  await inShell(await lineIn(dialog));
  await expect(dialog.locator('app-first-message')).toContainText(/It works. This has arrived:\s*Backup\s*Done/);
  for (const program of ['Gotify', 'ntfy']) {
    await dialog.getByRole('button', { name: program, exact: true }).click();
    await dialog.getByRole('button', { name: 'Wait for the first message' }).click();
    await inShell(await lineIn(dialog));
    await expect(dialog.locator('app-first-message')).toContainText('This has arrived');
  }
  for (const [program, body, headers] of WEBHOOKS) {
    await dialog.getByRole('button', { name: program, exact: true }).click();
    await dialog.getByRole('button', { name: 'Wait for the first message' }).click();
    const [url] = /http:\S+/.exec(await lineIn(dialog))!;
    await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    await expect(dialog.locator('app-first-message')).toContainText(`From ${program}`);
  }
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(app(page, 'backup')).toContainText(/Sends to you, topic builds\s*Used just now from 127.0.0.1/);
  await expect(page.getByRole('button', { name: 'New app' })).toBeFocused();
});

test('reasons of the server are at their fields, and a folded one is opened', async ({ page, herald, server }) => {
  const ada = await addPerson(server, 'ada');
  await call(server, 'PUT', 'auth/me/topics/builds', ada);
  await herald.open();
  await herald.signOut();
  await herald.signIn('ada', PASSWORD);
  await herald.visit('Apps');
  await page.getByRole('button', { name: 'New app' }).click();
  const dialog = page.getByRole('dialog', { name: 'New app' });
  await expect(dialog.getByText('You, or topics that you follow')).toBeVisible();
  // The form takes input once it has the focus.
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('two words');
  await dialog.getByRole('combobox', { name: 'To' }).fill('admin');
  await dialog.getByLabel('Key expires at').fill('2020-01-31T08:00');
  await dialog.getByText('More options').click();
  await dialog.getByLabel('Category').fill('two words');
  await dialog.getByText('More options').click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(reasonAt(dialog, 'Name')).toContainText('A name has letters');
  await expect(reasonAt(dialog, 'Category')).toContainText('One word, please');
  await expect(reasonAt(dialog, 'Key expires at')).toContainText('Choose a time in the future');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('ada');
  await dialog.getByLabel('Category').fill('');
  await dialog.getByLabel('Key expires at').fill('');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(reasonAt(dialog, 'To')).toContainText('Only an administrator’s app may send to other people');
  await dialog.getByRole('button', { name: 'Remove admin' }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(reasonAt(dialog, 'Name')).toContainText('Names are never reused');
  await server.kill();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.locator('.problem')).toContainText('may not have been saved');
});

test('a change of an app sends only the fields that were changed', async ({ page, herald, server }) => {
  const fields = { name: 'backup', audience: ['user:admin'], category: 'backup', tags: ['floppy_disk'] };
  await call(server, 'POST', 'apps', await signIn(server), fields);
  await herald.open('/apps');
  await page.getByRole('button', { name: 'Change: backup' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change backup' });
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Remove admin' }).click();
  await dialog.getByRole('combobox', { name: 'To' }).fill('everyone ');
  await dialog.getByText('More options').click();
  await expect(dialog.getByLabel('Tags')).toHaveValue('floppy_disk');
  await dialog.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'low' }).click();
  await dialog.getByLabel('Category').fill('');
  const asked = page.waitForRequest((request) => request.method() === 'PATCH');
  await dialog.getByRole('button', { name: 'Save' }).click();
  expect((await asked).postDataJSON()).toEqual({ audience: ['everyone'], category: null, defaultPriority: 'low' });
  await expect(app(page, 'backup')).toContainText('Sends to everyone');
  await expect(page.getByRole('button', { name: 'Change: backup' })).toBeFocused();
});

test('the first use of a reading key is seen, for which the page asks at most every two seconds', async ({
  page,
  herald,
  sender,
}) => {
  await sender.send({ title: 'Read me' });
  await herald.open('/apps');
  await page.getByRole('button', { name: 'New app' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('wallboard');
  await dialog.getByRole('combobox', { name: 'Its key is for' }).click();
  await page.getByRole('option', { name: 'Reading your notifications' }).click();
  await expect(dialog.getByRole('combobox', { name: 'To' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toHaveAccessibleName('Key of wallboard');
  const asked: number[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/apps/')) asked.push(Date.now());
  });
  await dialog.getByRole('button', { name: 'Wait for the first use' }).click();
  await expect.poll(() => asked.length).toBe(1);
  // It goes on until it is stopped.
  const reading = inShell(`exec ${await lineIn(dialog)}`);
  await expect(dialog.locator('app-first-message')).toContainText('The key was used from 127.0.0.1.');
  reading.child.kill();
  await reading.catch(() => undefined);
  expect(asked.length).toBeGreaterThan(1);
  // A busy machine delays some of them, so only their number is certain.
  expect(asked.length).toBeLessThanOrEqual((asked.at(-1)! - asked[0]!) / 2000 + 2);
});

test('an app gets a new key beside the old one, and nobody gets that of another’s reading app', async ({
  page,
  herald,
  server,
}) => {
  const [token, ada] = [await signIn(server), await addPerson(server, 'ada')];
  const made = await call(server, 'POST', 'apps', token, { name: 'backup', audience: ['everyone'] });
  const { key } = (await made.json()) as AppWithKey;
  await call(server, 'POST', 'apps', ada, { name: 'wallboard', scope: 'read' });
  await herald.open('/apps');
  await page.getByRole('button', { name: 'More: wallboard' }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['Remove…']);
  await page.keyboard.press('Escape');
  await herald.choose('New key…', 'backup');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('stays valid for one more day');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await herald.choose('New key…', 'backup');
  await dialog.getByRole('button', { name: 'Make a new key' }).click();
  await expect(dialog).toHaveAccessibleName('Key of backup');
  const next = await dialog.locator('code').first().innerText();
  expect(next).not.toBe(key);
  // A program with the old key would end the wait, too.
  await expect(dialog.locator('app-first-message')).toHaveCount(0);
  for (const one of [key, next]) await call(server, 'POST', 'notifications/send', one, { message: 'Done' });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'More: backup' })).toBeFocused();
});

test('a dialog stays open while its request runs, which a double click makes once', async ({
  page,
  herald,
  server,
}) => {
  await call(server, 'POST', 'apps', await signIn(server), { name: 'backup', audience: ['everyone'] });
  await herald.open('/apps');
  const rotations = await heldBack(page, '**/api/apps/*/rotate');
  await herald.choose('New key…', 'backup');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make a new key' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await rotations.release();
  await expect(dialog).toHaveAccessibleName('Key of backup');
  expect(rotations.count()).toBe(1);
});

test('a key is shown, and a removal seen, also if Back closed the dialog before the server answered', async ({
  page,
  herald,
}) => {
  await herald.open('/apps');
  const additions = await heldBack(page, '**/api/apps', 'POST');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New app' }).click();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('backup');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await additions.release();
  await expect(dialog).toHaveAccessibleName('Key of backup');
  await dialog.getByRole('button', { name: 'Done' }).click();

  const removals = await heldBack(page, '**/api/apps/*', 'DELETE');
  for (const isAnswered of [false, true]) {
    await herald.choose('Remove…', 'backup');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await page.goBack();
    await expect(dialog).toHaveCount(0);
    await removals.release(isAnswered);
    if (!isAnswered) await expect(page.locator('app-apps-page .problem')).toContainText('the app may still exist');
  }
  await expect(page.getByRole('heading', { name: 'No apps yet' })).toBeVisible();
});

test('no app is made while the part of the page that shows its key can’t be loaded', async ({ page, herald }) => {
  await herald.open('/apps');
  await page.route(/\/chunk-[\w-]+\.js$/, async (route) => {
    const body = await (await route.fetch()).text();
    return body.includes('app-key-dialog') ? route.abort() : route.continue();
  });
  await page.getByRole('button', { name: 'New app' }).click();
  await expect(page.getByRole('complementary', { name: 'This page' })).toContainText('A new version is here.');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // Lets pending requests finish before the page closes.
  await page.unrouteAll({ behavior: 'wait' });
});
