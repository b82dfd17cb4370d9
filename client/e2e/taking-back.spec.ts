import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import type { HeraldServer } from './support/herald-server.ts';
import { listen, spoken } from './support/listening.ts';
import { addPerson, call, signIn } from './support/people.ts';

/** Titles in everybody's inbox, newest first. */
async function stored(server: HeraldServer): Promise<string[]> {
  const answer = await call(server, 'GET', 'notifications', await signIn(server));
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
}

const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });
const more = (page: Page, title: string) => page.getByRole('button', { name: `More: ${title}` });

test.beforeEach(async ({ sender }) => {
  for (const title of ['One', 'Two', 'Three']) await sender.send({ title, priority: 'low' });
});

test('a retraction waits 8 seconds, during which no row moves and it can be undone', async ({
  page,
  herald,
  server,
}) => {
  await listen(page);
  await page.clock.install();
  await herald.open('/sent');
  const before = await more(page, 'One').boundingBox();
  await herald.choose('Take back', 'Three');
  await expect(row(page, 'Three')).toContainText('Being taken back…');
  expect(await more(page, 'One').boundingBox()).toEqual(before);
  await expect(more(page, 'Three')).toBeFocused();
  await expect
    .poll(() => spoken(page, 'polite'))
    .toContain('Taking back “Three” in 8 seconds, or when you leave this page. It can be undone');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Three')).not.toContainText('Being taken back…');
  await page.clock.runFor(10_000);
  expect(await stored(server)).toEqual(['Three', 'Two', 'One']);

  await herald.choose('Take back', 'Three');
  await herald.choose('Take back', 'Two');
  await herald.choose('Undo', 'Three');
  await page.clock.runFor(8000);
  await expect(row(page, 'Two')).toHaveCount(0);
  await expect(row(page, 'Three')).toBeVisible();
  await expect(more(page, 'Three')).toBeFocused();
  await expect.poll(() => spoken(page, 'polite')).toContain('Took back “Two”.');
  expect(await stored(server)).toEqual(['Three', 'One']);
});

test('a double click takes nothing back that was not chosen', async ({ page, herald, server }) => {
  await page.clock.install();
  await herald.open('/sent');
  await more(page, 'Three').click();
  await page.getByRole('menuitem', { name: 'Take back' }).dblclick();
  await page.keyboard.press('Escape');
  await page.clock.runFor(10_000);
  await expect(row(page, 'Three')).toHaveCount(0);
  expect(await stored(server)).toEqual(['Two', 'One']);
});

test('leaving the page takes back at once', async ({ page, herald, server }) => {
  await herald.open('/sent');
  await herald.choose('Take back', 'Two');
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await expect(herald.row('Two')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect.poll(() => stored(server)).toEqual(['Three', 'One']);
});

test('closing the page takes back at once', async ({ page, herald, server }) => {
  await herald.open('/sent');
  await herald.choose('Take back', 'Two');
  await expect(row(page, 'Two')).toContainText('Being taken back…');
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => stored(server)).toEqual(['Three', 'One']);
});

test('signing out takes back at once', async ({ page, herald, server }) => {
  await herald.open('/sent');
  await herald.choose('Take back', 'Two');
  await herald.signOut();
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await expect.poll(() => stored(server)).toEqual(['Three', 'One']);
});

test('a retraction that fails after the page was left is reported', async ({ page, herald }) => {
  await herald.open('/sent');
  await herald.choose('Take back', 'Two');
  await page.route('**/api/notifications/*', (route) =>
    route.request().method() === 'DELETE' ? route.abort() : route.continue(),
  );
  await page.getByRole('link', { name: /^Inbox/ }).click();
  const bars = page.locator('mat-snack-bar-container');
  await expect(bars.filter({ hasText: 'Not done: The server can’t be reached.' })).toBeVisible();
  await expect(herald.row('Two')).toBeVisible();
});

test('a person is removed from a menu, and a double click removes nobody else', async ({ page, herald, server }) => {
  for (const name of ['bob', 'eve']) await addPerson(server, name);
  await herald.open('/people');
  await herald.choose('Remove…', 'bob');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).dblclick();
  await expect(page.getByRole('heading', { name: 'bob' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'eve' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(more(page, 'eve')).toBeFocused();
});

test('a double click leaves one topic and removes one saved filter, and both can be undone', async ({
  page,
  herald,
  server,
}) => {
  const token = await signIn(server);
  for (const topic of ['builds', 'deploys']) await call(server, 'PUT', `auth/me/topics/${topic}`, token);
  const filters = ['First', 'Second'].map((name) => ({ name, url: '/?unread=true' }));
  await call(server, 'PUT', 'preferences/filters', token, { filters });

  await herald.open('/settings');
  const topics = page.getByRole('list', { name: 'Topics that you follow' });
  await page.getByRole('button', { name: 'Leave: builds' }).dblclick();
  await expect(topics).toHaveText(/^\s*deploys/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(topics).toContainText('builds');

  await herald.open();
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const names = page.getByRole('dialog').getByRole('listitem');
  await page.getByRole('button', { name: 'Remove: First' }).dblclick();
  await expect(names).toHaveText(['Second']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(names).toHaveText(['First', 'Second']);
});
