import { expect, type Locator, type Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';
import { colorsSettle } from './support/looks.ts';
import { addPerson, call, PASSWORD, signIn } from './support/people.ts';

test.beforeEach(async ({ server }) => {
  await addPerson(server, 'bob');
  await call(server, 'PUT', 'auth/me/topics/builds', await addPerson(server, 'ada', ['ops']));
});

const chips = (page: Page) => page.locator('mat-chip-row');

test('recipients of every kind are picked, typed and removed by keyboard alone', async ({ page, herald }) => {
  await herald.openCompose();
  const to = page.getByRole('combobox', { name: 'To' });
  await to.focus();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect(chips(page)).toHaveCount(0);

  await to.pressSequentially('ad');
  await expect(page.getByRole('option')).toHaveText(['ada', 'admin', 'role admin']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(chips(page)).toHaveText([/ada/]);
  await expect(to).toHaveValue('');

  await to.pressSequentially('ops,builds ');
  await expect(chips(page)).toHaveText([/ada/, /role ops|ops/, /builds/]);
  await page.getByLabel('Title').fill('For the few');
  await page.getByLabel('Message').fill('Hello.');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('To ada,');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(colorsSettle);
    expect(await axeViolations(page)).toEqual([]);
  }
});

test('a click picks an option, including everyone, and removes it from the list', async ({ page, herald }) => {
  await herald.openCompose();
  await page.getByRole('button', { name: 'Remove everyone' }).click();
  const to = page.getByRole('combobox', { name: 'To' });
  await to.fill('o');
  const role = page.getByRole('option', { name: 'role ops' });
  await expect(page.getByRole('option', { name: 'bob' }).locator('app-face')).toHaveAttribute('data-initials', 'B');
  await expect(role.locator('app-face')).toHaveCount(0);
  await role.click();
  await expect(chips(page)).toHaveText([/role ops/]);
  await to.click();
  await expect(page.getByRole('option', { name: 'topic builds' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'role ops' })).toHaveCount(0);
  await page.getByRole('option', { name: 'everyone' }).click();
  await expect(chips(page)).toHaveText([/role ops/, /everyone/]);
});

test('a sender who may not broadcast starts with a hint and their topics; a refusal is at the field', async ({
  page,
  herald,
  server,
}) => {
  await herald.open();
  await herald.signOut();
  await herald.signIn('ada', PASSWORD);
  await page.getByRole('link', { name: 'Compose' }).click();
  await expect(page.getByText('People by their names, or topics that you follow')).toBeVisible();
  const to = page.getByRole('combobox', { name: 'To' });
  await to.click();
  await expect(page.getByRole('option')).toHaveText(['topic builds']);
  await expect(chips(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByLabel('Title').fill('Hello');
  await page.getByLabel('Message').fill('Hello.');
  const error = page.locator('app-audience-field mat-error');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await send.click();
  await expect(error).toHaveText('Say whom it is for.');

  await to.fill('everyone');
  await send.click();
  await expect(error).toHaveText(/only an administrator may send to everyone/i);
  // The error stays until the value changes, wherever the focus moves.
  await page.getByLabel('Title').focus();
  await page.getByLabel('Message').focus();
  await expect(error).toHaveText(/only an administrator may send to everyone/i);
  await page.getByRole('button', { name: 'Remove everyone' }).click();
  await expect(error).toHaveCount(0);
  // The answer for both words together suggests neither; they mean the same before and after it.
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/recipients?q=bob+builds'));
  await to.fill('bob builds');
  await answered;
  await send.click();
  await expect(page.locator('.sent')).toHaveText('Sent “Hello” to bob, topic builds.');
  const bob = await signIn(server, 'bob');
  const inbox = (await (await call(server, 'GET', 'notifications', bob)).json()) as { items: { title: string }[] };
  expect(inbox.items.map(({ title }) => title)).toEqual(['Hello']);
});

test('a press beside the chips leads to the input', async ({ page, herald }) => {
  await herald.openCompose();
  const box = page.locator('app-audience-field .mat-mdc-text-field-wrapper');
  const { width, height } = (await box.boundingBox())!;
  await box.click({ position: { x: width - 8, y: height / 2 } });
  await expect(page.getByRole('combobox', { name: 'To' })).toBeFocused();
});

for (const way of ['mouse', 'keyboard', 'touch'] as const) {
  test.describe(`by ${way}`, () => {
    test.use({ hasTouch: way === 'touch' });

    test('the suggestions close after each choice and when the focus moves on, which adds the typed word', async ({
      page,
      herald,
    }) => {
      await herald.openCompose();
      const to = page.getByRole('combobox', { name: 'To' });
      const press = (target: Locator): Promise<void> => (way === 'touch' ? target.tap() : target.click());
      await (way === 'keyboard' ? to.focus() : press(to));
      await expect(page.getByRole('option', { name: 'ada' })).toBeVisible();
      await page.keyboard.type('ada');
      await expect(page.getByRole('option')).toHaveText(['ada']);
      if (way === 'keyboard') for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
      else await press(page.getByRole('option', { name: 'ada' }));
      await expect(chips(page)).toHaveText([/ada/]);
      await expect(page.getByRole('listbox')).toHaveCount(0);
      await expect(to).toBeFocused();

      await page.keyboard.type('op');
      await expect(page.getByRole('option')).toHaveText(['role ops']);
      await page.keyboard.type('s,');
      await expect(chips(page)).toHaveText([/ada/, /role ops/]);
      await expect(page.getByRole('listbox')).toHaveCount(0);

      await page.keyboard.type('bob');
      await expect(page.getByRole('option')).toHaveText(['bob']);
      if (way === 'mouse') await page.getByLabel('Message').click();
      else if (way === 'keyboard') await page.keyboard.press('Tab');
      // A phone's keyboard moves the focus without a key or a tap.
      else await page.getByLabel('Title').focus();
      await expect(to).not.toBeFocused();
      await expect(page.getByRole('listbox')).toHaveCount(0);
      await expect(chips(page)).toHaveText([/ada/, /role ops/, /bob/]);
    });
  });
}
