import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { colorsSettle, expectNoFault, WITH_MENU } from './support/looks.ts';
import { addPerson, call, PASSWORD, signIn } from './support/people.ts';

test.describe.configure({ timeout: 90_000 });

const person = (page: Page, username: string) =>
  page
    .getByRole('list', { name: 'People' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: username }) });

test('an administrator adds a person, edits them, resets their password and removes them', async ({
  page,
  herald,
  server,
}) => {
  await herald.open();
  await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
  await expect(person(page, 'admin')).toContainText('(you)');
  await expect(page.getByRole('button', { name: 'More: admin' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  const reasonAt = (field: string) =>
    dialog
      .locator('mat-form-field')
      .filter({ has: page.locator('label', { hasText: field }) })
      .locator('mat-error');
  await expect(dialog.getByLabel('Username')).toBeFocused();
  await dialog.getByLabel('Username').fill('two words');
  await dialog.getByLabel('Password').fill('short');
  await dialog.getByRole('combobox', { name: 'Roles' }).fill('ops, -x');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(reasonAt('Username')).toContainText('A name has letters');
  await expect(reasonAt('Password')).toContainText('At least 8 characters');
  await expect(reasonAt('Roles')).toContainText('A name has letters');
  await expectNoFault(page, 'refused', WITH_MENU);

  await dialog.getByLabel('Username').fill('ada');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Remove -x' }).click();
  const roles = dialog.getByRole('combobox', { name: 'Roles' });
  await roles.fill('oncall ');
  await roles.pressSequentially('ad');
  await page.getByRole('option', { name: 'admin' }).click();
  await expect(dialog.getByRole('grid', { name: 'Roles' }).getByRole('row')).toHaveText([/ops/, /oncall/, /admin/]);
  await dialog.getByRole('button', { name: 'Remove admin' }).click();
  await dialog.getByRole('combobox', { name: 'Topics' }).fill('builds');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(person(page, 'ada').locator('.role')).toHaveText(['ops', 'oncall']);
  await expect(person(page, 'ada')).toContainText('builds');
  await expectNoFault(page, 'the list', WITH_MENU);
  const ada = await signIn(server, 'ada');

  const change = page.getByRole('button', { name: 'Change: ada' });
  await change.click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'People' }).getByRole('heading')).toHaveText([/ada/, /admin/]);
  await change.click();
  await dialog.getByLabel('New password').fill('another horse');
  await dialog.getByRole('button', { name: 'Remove ops' }).click();
  await dialog.getByRole('button', { name: 'Remove oncall' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(person(page, 'ada')).not.toContainText('ops');
  await expect(change).toBeFocused();
  await expect(call(server, 'GET', 'auth/me', ada)).rejects.toThrow('401');
  await signIn(server, 'ada', 'another horse');

  await herald.choose('Remove…', 'ada');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(dialog).toContainText('Their scheduled notifications are cancelled');
  await expectNoFault(page, 'to be removed', WITH_MENU);
  await page.keyboard.press('Escape');
  await expect(person(page, 'ada')).toBeVisible();
  await herald.choose('Remove…', 'ada');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(person(page, 'ada')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Change: admin' })).toBeFocused();
  await expect(signIn(server, 'ada', 'another horse')).rejects.toThrow('401');

  await page.getByRole('button', { name: 'Add a person' }).click();
  // The form takes input once it has the focus.
  await expect(dialog.getByLabel('Username')).toBeFocused();
  await dialog.getByLabel('Username').fill('ada');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(reasonAt('Username')).toContainText('Names are never reused');
  await server.kill();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.locator('.problem')).toContainText('may not have been saved');
});

test('each person says when they were last seen', async ({ page, herald }) => {
  const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const nothing = { roles: [], topics: [] };
  await page.route('**/api/users?*', (route) =>
    route.fulfill({
      json: [
        { ...nothing, username: 'ada', lastSeenAt: ago(1) },
        { ...nothing, username: 'bob', lastSeenAt: ago(3.5) },
        { ...nothing, username: 'eve', lastSeenAt: ago(80) },
        { ...nothing, username: 'new' },
      ],
    }),
  );
  await herald.open('/people');
  await expect(page.locator('.seen')).toHaveText([
    'Seen within the last hour',
    'Last seen 3 hr. ago',
    'Last seen 3 days ago',
    'Not seen yet',
  ]);
});

test('ten thousand people come a page at a time, and are found by name, role or topic', async ({ page, herald }) => {
  const all = Array.from({ length: 10_000 }, (_, n) => ({
    username: `person-${String(n).padStart(4, '0')}`,
    roles: n === 9876 ? ['night-watch'] : [],
    topics: [],
  }));
  const asked: string[] = [];
  await page.route('**/api/users?*', (route) => {
    const { searchParams, search } = new URL(route.request().url());
    asked.push(search);
    const [part, after] = [searchParams.get('q') ?? '', searchParams.get('after') ?? ''];
    const found = all.filter(({ username, roles }) => [username, ...roles].some((name) => name.includes(part)));
    const json = found.filter(({ username }) => username > after).slice(0, Number(searchParams.get('limit')));
    return route.fulfill({ json });
  });
  await herald.open('/people');
  const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(people).toHaveCount(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(people).toHaveCount(100);
  await page.getByLabel('Search by name, role or topic').fill('night');
  await expect(people).toHaveCount(1);
  await expect(person(page, 'person-9876').locator('.role')).toHaveText('night-watch');
  await page.getByLabel('Search by name, role or topic').fill('nobody');
  await expect(people).toHaveText(/^Nobody is called like that/);
  expect(asked).toEqual(['?limit=50', '?limit=50&after=person-0049', '?limit=50&q=night', '?limit=50&q=nobody']);
});

test('Save takes a click while a word is still typed that becomes a chip and makes the dialog taller', async ({
  page,
  herald,
}) => {
  await herald.open('/people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Username')).toBeFocused();
  await dialog.getByLabel('Username').fill('ada');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('combobox', { name: 'Roles' }).fill('a-role-of-some-length another-role-of-some-length');
  await dialog.getByRole('combobox', { name: 'Topics' }).fill('a-topic-of-some-length another-topic-of-some-length');
  const save = dialog.getByRole('button', { name: 'Save' });
  // The roles have become chips, which made the dialog taller before.
  await expect(dialog.getByRole('grid', { name: 'Roles' }).getByRole('row')).toHaveCount(2);
  const place = (await save.boundingBox())!;
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await page.mouse.down();
  // While a person presses a button, the page renders.
  await page.evaluate(colorsSettle);
  expect(await save.boundingBox()).toEqual(place);
  await page.mouse.up();
  await expect(person(page, 'ada')).toContainText('another-topic-of-some-length');
});

test('a person who is not an administrator has no link to the people page, and the page says so', async ({
  page,
  herald,
  server,
}) => {
  await addPerson(server, 'bob');
  await herald.open();
  await herald.signOut();
  await herald.signIn('bob', PASSWORD);
  await herald.isLive();
  await page.goto('/people');
  await expect(page.locator('app-people-page .problem')).toHaveText('Only an administrator may do this.');
  await herald.isLive();
  await expect(page.getByRole('link', { name: 'People' })).toHaveCount(0);

  // The link appears with the role, without a new sign-in.
  await call(server, 'PATCH', 'users/bob', await signIn(server), { roles: ['admin'] });
  await expect(page.getByRole('navigation').getByRole('link', { name: 'People' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(person(page, 'bob')).toContainText('(you)');
});

test('on a narrow page the account menu links to the people, and a failed load can be retried', async ({
  page,
  herald,
}) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await herald.open();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'People' })).toBeHidden();
  await page.route('**/api/users?*', (route) => route.abort());
  await herald.visit('People');
  await expect(page.locator('app-people-page .problem')).toContainText('can’t be reached');
  await expectNoFault(page, 'not loaded', WITH_MENU);
  await page.unroute('**/api/users?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(person(page, 'admin')).toBeVisible();
});

test('an administrator gets suggestions of topics that others follow, minus those they follow', async ({
  page,
  herald,
  server,
}) => {
  const ada = await addPerson(server, 'ada');
  for (const topic of ['builds', 'billing', 'news']) await call(server, 'PUT', `auth/me/topics/${topic}`, ada);
  await herald.open('/settings');
  const name = page.getByRole('combobox', { name: 'Another topic' });
  await name.pressSequentially('b');
  await expect(page.getByRole('option')).toHaveText(['billing', 'builds']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('billing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Topics that you follow' })).toContainText('billing');
  await name.fill('b');
  await expect(page.getByRole('option')).toHaveText(['builds']);
});

test('a person follows and unfollows a topic, and all their pages update', async ({
  page,
  context,
  herald,
  sender,
  server,
}) => {
  await herald.open('/settings');
  const topics = page.getByRole('list', { name: 'Topics that you follow' });
  await expect(topics).toContainText('You don’t follow any topics yet.');
  const other = await context.newPage();
  await other.goto('/settings');
  await page.getByRole('combobox', { name: 'Another topic' }).fill('two words');
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect(page.locator('app-topics .problem')).toContainText('A topic has letters');
  await page.getByRole('combobox', { name: 'Another topic' }).fill('builds');
  await page.keyboard.press('Enter');
  await expect(topics).toContainText('builds');
  await expect(other.getByRole('list', { name: 'Topics that you follow' })).toContainText('builds');
  await sender.send({ title: 'Built', audience: ['topic:builds'] });
  const toasts = (of: Page) => of.locator('app-toast').filter({ hasText: 'Built' }).count();
  await expect.poll(async () => (await toasts(page)) + (await toasts(other))).toBe(1);

  await page.getByRole('button', { name: 'Leave: builds' }).click();
  await expect(topics).toContainText('You don’t follow any topics yet.');
  await expect(page.getByRole('combobox', { name: 'Another topic' })).toBeFocused();
  await expect(other.getByRole('list', { name: 'Topics that you follow' })).toContainText('any topics yet');
  await server.kill();
  await page.getByRole('combobox', { name: 'Another topic' }).fill('news');
  await page.getByRole('button', { name: 'Follow' }).click();
  await expect(page.locator('app-topics .problem')).toContainText('may not have been saved');
});
