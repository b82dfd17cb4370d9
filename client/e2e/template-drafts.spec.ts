import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import type { HeraldPage } from './support/herald-page.ts';
import type { HeraldServer } from './support/herald-server.ts';
import { addPerson, call, PASSWORD, signIn } from './support/people.ts';
import { signInElsewhere } from './support/sign-in-elsewhere.ts';

const NEW = '/apps/1/new-template';
const STORED = { title: 'Stored', message: 'b', example: { result: 'failed' } };

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const restored = (page: Page) => page.getByRole('main').getByText('Draft restored');
const list = (page: Page) => page.getByRole('list', { name: 'Templates' });
const signInPage = (page: Page) => page.getByRole('heading', { name: 'Sign in to Herald' });
const drafts = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('herald.draft.')));

/** @param token of the owner of the app */
async function addApp(server: HeraldServer, token: string, channel = 'everyone'): Promise<void> {
  await call(server, 'POST', 'apps', token, { name: 'builds', audience: [channel] });
  await call(server, 'PUT', 'apps/1/templates/ci', token, STORED);
}

/** The account of the demo would be signed in again at once. */
async function openAsAda(herald: HeraldPage, path: string): Promise<void> {
  await herald.open();
  await herald.signOut();
  await herald.signIn('ada', PASSWORD);
  await herald.isLive();
  await herald.open(path);
}

/** Opens the list of apps, then its templates, then the template. */
async function openByLinks(page: Page): Promise<void> {
  await page.goto('/apps');
  await page.getByRole('button', { name: 'More: builds' }).click();
  await page.getByRole('menuitem', { name: 'Templates' }).click();
  await page.getByRole('link', { name: 'Change: ci' }).click();
  await expect(field(page, 'Title')).toHaveValue('Stored');
}

for (const isChanged of [false, true])
  test(`signing out on the page of a template ${isChanged ? 'with' : 'without'} changes opens the sign-in page`, async ({
    page,
    herald,
    server,
  }) => {
    await addApp(server, await signIn(server));
    await herald.open(NEW);
    if (isChanged) await field(page, 'Title').fill('Begun');
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText(isChanged ? 'Begun' : 'nightly: failed');
    await herald.signOut();
    await expect(signInPage(page)).toBeVisible();
    await expect.poll(() => drafts(page)).toEqual([]);
  });

test('a revoked token opens the sign-in page from the page of a template', async ({ page, herald, server }) => {
  await addApp(server, await addPerson(server, 'ada'), 'user:ada');
  await openAsAda(herald, NEW);
  await field(page, 'Title').fill('Begun');
  await call(server, 'PATCH', 'users/ada', await signIn(server), { password: 'another horse' });
  await expect(signInPage(page)).toBeVisible();
  await expect.poll(() => drafts(page)).toEqual([]);
});

test('another person who signs in while a template is changed begins at the inbox', async ({
  page,
  herald,
  server,
  context,
}) => {
  await addApp(server, await signIn(server));
  const token = await addPerson(server, 'bob');
  await herald.open('/apps/1/templates/ci');
  await field(page, 'Title').fill('Begun');
  await signInElsewhere(context, 'bob', token);
  await expect(page.getByRole('button', { name: 'Account: bob' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Inbox', exact: true })).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('changes of a template are kept for its person when the session expires', async ({ page, herald, server }) => {
  await addApp(server, await addPerson(server, 'ada'), 'user:ada');
  await openAsAda(herald, '/apps/1/templates/ci');
  await field(page, 'Title').fill('Begun');
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('herald.session') ?? '{}') as object;
    localStorage.setItem('herald.session', JSON.stringify({ ...session, expiresAt: 0 }));
  });
  await page.reload();
  await expect(page.getByRole('main').getByText('Your session has expired')).toBeVisible();
  await herald.signIn('ada', PASSWORD);
  await expect(field(page, 'Title')).toHaveValue('Begun');
  await expect(restored(page)).toBeVisible();
});

test('a template may be left at any time, Back leads where it should, and saving ends the draft', async ({
  page,
  server,
}) => {
  await addApp(server, await signIn(server));
  await openByLinks(page);
  await field(page, 'Title').fill('Begun');
  await page.goBack();
  await expect(list(page)).toContainText('Stored');
  await expect(page).toHaveURL('/apps/1/templates');
  await page.goForward();
  await expect(field(page, 'Title')).toHaveValue('Begun');
  await expect(restored(page)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/apps/1/templates');
  await page.goBack();
  await expect(page).toHaveURL('/apps');

  await page.goto(NEW);
  await expect(field(page, 'Title')).toHaveValue('{{job.name}}: {{status}}');
  await expect(restored(page)).toHaveCount(0);
  await page.goto('/apps/1/templates/ci');
  await field(page, 'Title').press('Enter');
  await expect(list(page)).toContainText('Begun');
  expect(await drafts(page)).toEqual([]);
});

test('a draft can be discarded, which can be undone', async ({ page, server }) => {
  await addApp(server, await signIn(server));
  await openByLinks(page);
  const discard = page.getByRole('button', { name: 'Discard' });
  await expect(discard).toBeDisabled();
  await field(page, 'Title').fill('Begun');
  await discard.click();
  await expect(field(page, 'Title')).toHaveValue('Stored');
  await expect(field(page, 'Title')).toBeFocused();
  await expect(discard).toBeDisabled();
  expect(await drafts(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field(page, 'Title')).toHaveValue('Begun');
  await page.reload();
  await expect(field(page, 'Title')).toHaveValue('Begun');
  await field(page, 'Title').fill('Stored');
  await page.reload();
  await expect(field(page, 'Title')).toHaveValue('Stored');
  await expect(restored(page)).toHaveCount(0);
});

test('a template that is removed takes its draft along', async ({ page, server }) => {
  await addApp(server, await signIn(server));
  await openByLinks(page);
  await field(page, 'Title').fill('Begun');
  await page.getByRole('link', { name: 'Back to the templates' }).click();
  await page.getByRole('button', { name: 'Remove: ci' }).click();
  await page.getByRole('dialog', { name: 'Remove ci?' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No templates yet' })).toBeVisible();
  expect(await drafts(page)).toEqual([]);
});

test('a template that is left while it is saved stays left', async ({ page, server }) => {
  await addApp(server, await signIn(server));
  await openByLinks(page);
  await field(page, 'Title').fill('Begun');
  let answer: () => void = () => undefined;
  const isLeft = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/apps/1/templates/ci', async (route) => {
    if (route.request().method() === 'PUT') await isLeft;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await field(page, 'Title').pressSequentially('lost');
  await expect(field(page, 'Title')).toHaveValue('Begun');
  await page.getByRole('link', { name: /^Inbox/ }).click();
  answer();
  await expect.poll(() => drafts(page)).toEqual([]);
  await expect(page).toHaveURL('/');
});

for (const path of [NEW, '/apps/1/templates/ci'])
  test(`a save at ${path} whose answer was lost succeeds when it is repeated`, async ({ page, herald, server }) => {
    await addApp(server, await signIn(server));
    await herald.open(path);
    if (path === NEW) await field(page, 'Name').fill('nightly');
    await field(page, 'Title').fill('Begun');
    await page.route('**/api/apps/1/templates/*', async (route) => {
      if (route.request().method() !== 'PUT') return route.fallback();
      await route.fetch();
      return route.abort();
    });
    const save = page.getByRole('button', { name: 'Save' });
    await save.click();
    await expect(page.getByRole('main').getByText('The server did not answer')).toBeVisible();
    await page.unroute('**/api/apps/1/templates/*');
    await save.click();
    await expect(list(page)).toContainText('Begun');
    expect(await drafts(page)).toEqual([]);
  });

test('the draft of a template that was removed elsewhere is restored, and adds it anew', async ({
  page,
  herald,
  server,
}) => {
  const token = await signIn(server);
  await addApp(server, token);
  await herald.open('/apps/1/templates/ci');
  await field(page, 'Title').fill('Begun');
  await call(server, 'DELETE', 'apps/1/templates/ci', token);
  await page.reload();
  await expect(field(page, 'Title')).toHaveValue('Begun');
  await expect(restored(page)).toBeVisible();
  await expect(page.getByRole('main').getByText('This template was removed meanwhile')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(list(page)).toContainText('Begun');
  expect(await drafts(page)).toEqual([]);
});
