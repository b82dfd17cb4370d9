import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { listen, spoken } from './support/listening.ts';
import { addPerson, call, PASSWORD, signIn } from './support/people.ts';

const restored = (page: Page) => page.getByRole('main').getByText('Draft restored');
const title = (page: Page) => page.getByLabel('Title');
const discard = (page: Page) => page.getByRole('button', { name: 'Discard' });

test('a draft survives leaving the page, a toast and a reload, and ends when it is sent', async ({
  page,
  herald,
  sender,
}) => {
  await listen(page);
  await herald.openCompose();
  await page.getByRole('combobox', { name: 'To' }).fill('admin ');
  await title(page).fill('Standup');
  await page.getByLabel('Message').fill('At ten.');
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'low' }).click();
  await page.getByText('More options').click();
  await page.getByLabel('Tags').fill('rocket');
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await expect(page.getByRole('heading', { name: 'Inbox', exact: true })).toBeVisible();
  await page.goBack();
  await expect(title(page)).toHaveValue('Standup');
  await expect(restored(page)).toBeVisible();
  await expect.poll(() => spoken(page, 'polite')).toContain('Draft restored');

  await sender.send({ title: 'Look here' });
  await herald.toast('Look here').getByText('Look here').click();
  await expect(herald.detail).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(title(page)).toHaveValue('Standup');
  await expect(page.getByLabel('Message')).toHaveValue('At ten.');
  await expect(page.getByRole('textbox', { name: 'Tags' })).toHaveValue('rocket');
  await expect(page.getByRole('combobox', { name: 'Priority' })).toContainText('low');
  await expect(page.getByRole('row', { name: 'admin' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'everyone' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.sent')).toContainText('Sent “Standup” to admin');
  await expect(restored(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('It arrives the moment you send it.')).toBeVisible();
  await expect(title(page)).toHaveValue('');
});

test('a restored draft can be discarded, nothing moves, and the discarding can be undone', async ({ page, herald }) => {
  await herald.openCompose();
  await title(page).fill('Standup');
  await page.reload();
  await expect(title(page)).toHaveValue('Standup');
  const before = await title(page).boundingBox();
  await discard(page).click();
  await expect(title(page)).toHaveValue('');
  await expect(title(page)).toBeFocused();
  expect(await title(page).boundingBox()).toEqual(before);
  await expect(page.getByRole('row', { name: 'everyone' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveValue('Standup');
  await discard(page).click();
  await page.reload();
  await expect(page.getByText('It arrives the moment you send it.')).toBeVisible();
  await expect(title(page)).toHaveValue('');
});

test('undoing a discarded draft shows it in a page opened since, and gives back a text begun since', async ({
  page,
  herald,
}) => {
  await herald.openCompose();
  await title(page).fill('Standup');
  await page.reload();
  await discard(page).click();
  await page.getByRole('link', { name: 'Archived' }).click();
  await expect(page.getByRole('heading', { name: 'Archived', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Compose' }).click();
  await title(page).fill('Lunch');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveValue('Standup');
  const bar = page.locator('mat-snack-bar-container').filter({ hasText: 'Your newer text was put aside' });
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveValue('Lunch');
});

test('a draft that is sent while its page is left is not restored', async ({ page, herald, server }) => {
  await herald.openCompose();
  await title(page).fill('Standup');
  await page.getByLabel('Message').fill('At ten.');
  let answer: () => void = () => undefined;
  const isLeft = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/notifications/send', async (route) => {
    await isLeft;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: /^Inbox/ }).click();
  answer();
  await expect(herald.row('Standup')).toBeVisible();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('herald.draft.admin'))).toBeNull();
  await page.goBack();
  await expect(title(page)).toHaveValue('');
  const sent = (await (await call(server, 'GET', 'notifications', await signIn(server))).json()) as { items: object[] };
  expect(sent.items).toHaveLength(1);
});

test.describe('with a session', () => {
  const openAsAda = async (page: Page): Promise<void> => {
    await page.goto('/compose');
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  test('a draft is kept for its person when the session expires, and wiped by signing out', async ({
    page,
    herald,
    server,
  }) => {
    await addPerson(server, 'ada');
    await addPerson(server, 'bob');
    await herald.openCompose();
    await herald.signOut();
    await openAsAda(page);
    await page.getByRole('link', { name: 'Compose' }).first().click();
    await title(page).fill('From ada');
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('herald.session') ?? '{}') as object;
      localStorage.setItem('herald.session', JSON.stringify({ ...session, expiresAt: 0 }));
    });
    await page.reload();
    await expect(page.getByRole('main').getByText('Your session has expired')).toBeVisible();
    await herald.signIn('ada', PASSWORD);
    await expect(title(page)).toHaveValue('From ada');

    await herald.signOut();
    await herald.signIn('ada', PASSWORD);
    await page.getByRole('link', { name: 'Compose' }).first().click();
    await expect(page.getByText('It arrives the moment you send it.')).toBeVisible();
    await expect(title(page)).toHaveValue('');

    await title(page).fill('From ada');
    await call(server, 'PATCH', 'users/ada', await signIn(server), { password: 'another horse' });
    await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
    await expect.poll(() => page.evaluate(() => localStorage.getItem('herald.draft.ada'))).toBeNull();
  });
});

test('a notification is composed and sent where storage is full', async ({ page, herald }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
    };
  });
  await herald.openCompose();
  await title(page).fill('Standup');
  await page.getByLabel('Message').fill('At ten.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.sent')).toContainText('Sent “Standup”');
});
