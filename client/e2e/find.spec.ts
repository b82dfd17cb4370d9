import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { call, signIn } from './support/people.ts';
import { chosen } from './support/preferences.ts';

test('the address holds the search and filters: back undoes them, and opening it restores them', async ({
  page,
  herald,
  sender,
}) => {
  await sender.send({ title: 'Disk full', category: 'ops', priority: 'high' });
  await sender.send({ title: 'Disk replaced', category: 'ops', priority: 'low' });
  await sender.send({ title: 'Lunch', category: 'team', priority: 'low' });
  await herald.open();
  await herald.has(3);

  await page.getByRole('searchbox').fill('disk');
  await herald.has(2);
  await expect(page).toHaveURL('/?q=disk');
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  // While nothing is selected, the label lies over the select, so a person clicks that.
  await page.locator('mat-form-field', { hasText: 'Priority' }).click();
  await page.getByRole('option', { name: 'low' }).click();
  await page.keyboard.press('Escape');
  await herald.has(1);
  await expect(herald.row('Disk replaced')).toBeVisible();
  await expect(page).toHaveURL('/?q=disk&priority=low');

  await page.reload();
  await herald.isLive();
  await herald.has(1);
  await page.goBack();
  await herald.has(2);
  await page.goBack();
  await herald.has(3);

  await page.getByRole('button', { name: 'Unread', exact: true }).click();
  await herald.row('Lunch').getByRole('button', { name: 'Mark read' }).click();
  await herald.has(2);
  await page.getByRole('button', { name: 'Unread', exact: true }).click();
  await herald.has(3);
});

test('category, topic and date filters narrow the list and can be removed one by one', async ({
  page,
  herald,
  sender,
  server,
}) => {
  await call(server, 'PUT', 'auth/me/topics/builds', await signIn(server));
  await sender.send({ title: 'To a topic', category: 'ops', audience: ['topic:builds'] });
  await sender.send({ title: 'Of ops', category: 'ops' });
  await sender.send({ title: 'Of team', category: 'team' });
  await herald.open('/?category=ops&after=2020-01-01&before=2020-12-31');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter: Before' }).click();
  await herald.has(2);
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  const topic = page.getByRole('combobox', { name: 'Topic' });
  await topic.fill('builds');
  await topic.press('Enter');
  await herald.has(1);
  await expect(herald.row('To a topic')).toBeVisible();
  await expect(page).toHaveURL('/?category=ops&after=2020-01-01&topic=builds');
  await page.getByRole('button', { name: 'Remove filter: Topic: builds' }).click();
  await herald.has(2);
  await expect(herald.row('Of ops')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await herald.has(3);
  await expect(page).toHaveURL('/');
});

test('an arrival appears only where it matches the filter', async ({ page, herald, sender }) => {
  await herald.open('/?priority=high');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await sender.send({ title: 'Calm', priority: 'low' });
  await sender.send({ title: 'Urgent', priority: 'high' });
  await herald.has(1);
  await expect(herald.row('Urgent')).toBeVisible();
});

test('a filter is saved by name, applied again after a reload, and removed', async ({ page, herald, sender }) => {
  await sender.send({ title: 'Of ops', category: 'ops' });
  await sender.send({ title: 'Of team', category: 'team' });
  await herald.open('/?category=ops');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of this filter').fill('Operations');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('button', { name: 'Operations', exact: true })).toBeVisible();
  await herald.closeDialog();

  await herald.open();
  await herald.has(2);
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await dialog.getByRole('button', { name: 'Operations', exact: true }).click();
  await herald.has(1);
  await expect(page).toHaveURL('/?category=ops');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await dialog.getByRole('button', { name: 'Remove: Operations' }).click();
  await expect(dialog.getByText('None yet')).toBeVisible();
  await expect(dialog.getByRole('heading', { name: 'Saved filters' })).toBeFocused();
});

test('a saved filter reaches other pages within a second', async ({ page, context, herald }) => {
  await herald.open('/?unread=true');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const dialog = page.getByRole('dialog');
  const other = await context.newPage();
  await new HeraldPage(other).open();
  await other.getByRole('button', { name: 'Saved filters' }).click();
  await expect(other.getByRole('dialog').getByText('None yet')).toBeVisible();
  await dialog.getByLabel('Name of this filter').fill('To read');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('dialog').getByRole('button', { name: 'To read', exact: true })).toBeVisible({
    timeout: 1000,
  });
  await other.getByRole('dialog').getByRole('button', { name: 'Remove: To read' }).click();
  await expect(dialog.getByRole('button', { name: 'To read', exact: true })).toHaveCount(0, { timeout: 1000 });
});

test('a saved filter survives a restart of a server without disk storage', async ({ page, herald, server }) => {
  await herald.open('/?unread=true');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of this filter').fill('To read');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('button', { name: 'To read', exact: true })).toBeVisible();
  await server.kill();
  await server.start();
  await herald.connectNow();
  await expect
    .poll(async () => (await chosen(server)).filters, { timeout: 20_000 })
    .toEqual([{ name: 'To read', url: '/?unread=true' }]);
  await expect(dialog.getByRole('button', { name: 'To read', exact: true })).toBeVisible();
});

test('a filter that the server refuses is not shown as saved, and the page says why', async ({
  page,
  herald,
  server,
}) => {
  await herald.open('/?unread=true');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const dialog = page.getByRole('dialog');
  for (let n = 1; n <= 20; n++) {
    await dialog.getByLabel('Name of this filter').fill(`Filter ${n}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('button', { name: `Filter ${n}`, exact: true })).toBeVisible();
  }
  await dialog.getByLabel('Name of this filter').fill('One more');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.locator('.problem')).toContainText('You have 20 saved filters');
  await expect(dialog.getByRole('button', { name: 'One more', exact: true })).toHaveCount(0);
  await server.kill();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.locator('.problem')).toContainText('may not have been saved');
});

test('the same words are searched again after Back, and the search is emptied by its button', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['Disk full', 'Lunch']) await sender.send({ title });
  await herald.open();
  const field = page.getByRole('searchbox');
  await field.fill('disk');
  await herald.has(1);
  await page.goBack();
  await herald.has(2);
  await expect(field).toHaveValue('');
  await field.fill('disk');
  await herald.has(1);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await herald.has(2);
  await expect(field).toBeFocused();
  await expect(page.getByRole('button', { name: 'Clear the search' })).toBeHidden();
  await field.fill('disk');
  await herald.has(1);
});

test('composed letters are searched once their composition ends, and Escape ends only the composition', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['会議', 'Lunch']) await sender.send({ title });
  await herald.open();
  const field = page.getByRole('searchbox');
  await field.focus();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'かいぎ', selectionStart: 3, selectionEnd: 3 });
  await field.dispatchEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('かいぎ');
  await herald.has(2);
  await keyboard.send('Input.insertText', { text: '会議' });
  await herald.has(1);
  await expect(page).toHaveURL(/\?q=%E4%BC%9A%E8%AD%B0$/);
});

test('the filters suggest what is in the inbox, and on a phone they are closed by Done', async ({
  page,
  herald,
  sender,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await sender.send({ title: 'Disk full', category: 'ops' });
  await sender.send({ title: 'Lunch', category: 'team' });
  await herald.open();
  const opener = page.getByRole('button', { name: 'Filters', exact: true });
  await opener.click();
  const category = page.getByRole('combobox', { name: 'Category' });
  const suggested = (): Promise<string[]> =>
    category.evaluate((field: HTMLInputElement) => Array.from(field.list?.options ?? [], ({ value }) => value));
  await expect.poll(suggested).toEqual(['ops', 'team']);
  await category.fill('ops');
  await page.getByRole('button', { name: 'Done' }).click();
  await herald.has(1);
  await expect(category).toHaveCount(0);
  await expect(opener).toBeFocused();
  await herald.open('/?sender=admin');
  await herald.has(2);
  await page.getByRole('button', { name: 'Remove filter: From: admin' }).click();
  await herald.open('/?sender=nobody');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
});

test('a row that is opened before a search begins stays open', async ({ page, herald, sender }) => {
  for (const title of ['Build 7', 'Backup']) await sender.send({ title, priority: 'low' });
  await page.clock.install();
  await herald.open();
  await herald.has(2);
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
  await page.getByRole('searchbox').fill('build');
  await herald.row('Backup').click();
  await page.clock.runFor(1000);
  await page.clock.resume();
  await expect(herald.row('Backup')).toHaveCount(0);
  await expect(herald.detail).toContainText('Backup');
});
