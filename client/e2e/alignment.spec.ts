import { expect, type Locator } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { choose } from './support/preferences.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const box = async (one: Locator): Promise<Box> => (await one.boundingBox())!;
const middle = ({ y, height }: Box): number => y + height / 2;

/** Expects that both have the same middle, once the page has stopped moving between the two measurements. */
async function expectInLine(one: Locator, other: Locator): Promise<void> {
  await expect.poll(async () => middle(await box(one)) - middle(await box(other))).toBeCloseTo(0, 0);
}

test('icons are as large and lie on the pixels in boxes of 18, 20 and 24 px', async ({ page, herald, sender }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await sender.send({ title: 'One', priority: 'high' });
  await herald.open();
  await herald.row('One').hover();
  const icons = [
    page.locator('app-search-field app-icon').first(),
    page.locator('app-navigation app-icon').first(),
    herald.row('One').locator('.acts app-icon').first(),
    page.getByRole('button', { name: 'Filters', exact: true }).locator('app-icon'),
  ];
  const sizes = await Promise.all(icons.map(async (icon) => (await box(icon)).width));
  expect(sizes).toEqual([18, 20, 20, 24]);
  for (const icon of icons) {
    const { x, y, width, height } = await box(icon.locator('svg'));
    expect([width, height]).toEqual([24, 24]);
    expect([x % 1, y % 1]).toEqual([0, 0]);
  }
});

test('the icon of a button is in its middle, beside words and alone', async ({ page, herald, sender }) => {
  await sender.send({ title: 'One', priority: 'low' });
  await herald.open();
  await herald.row('One').getByRole('checkbox').click();
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 740 });
    const button = page.getByRole('button', { name: 'Select all' });
    await expectInLine(button.locator('svg'), button);
  }
});

test('the words of a bar and its button share a line while there is room', async ({ page, herald, sender }) => {
  await sender.send({ title: 'One', priority: 'low' });
  await herald.open();
  await herald.row('One').getByRole('button', { name: 'Archive' }).click();
  const bar = page.locator('mat-snack-bar-container');
  const [words, button] = [bar.getByText('Archived', { exact: true }), bar.getByRole('button', { name: 'Undo' })];
  await expect(button).toBeVisible();
  await expectInLine(words, button);
});

test('a menu at the end of a row opens within its card', async ({ page, herald, sender }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await sender.send({ title: 'One', priority: 'low' });
  await herald.open('/sent');
  await page.getByRole('button', { name: 'More: One' }).click();
  const right = async (one: Locator): Promise<number> => ((place) => place.x + place.width)(await box(one));
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  const card = await right(page.getByRole('list', { name: 'Sent' }));
  await expect.poll(() => right(page.getByRole('menu'))).toBeLessThanOrEqual(card);
});

test('a row keeps its place while the receipts of the rows above load', async ({ page, herald, sender }) => {
  for (const title of ['One', 'Two', 'Three']) await sender.send({ title, priority: 'low' });
  const { promise: held, resolve: letGo } = Promise.withResolvers<unknown>();
  await page.route('**/receipts', async (route) => {
    await held;
    await route.continue();
  });
  await herald.open('/sent');
  const last = page.getByRole('button', { name: 'More: One' });
  const before = await box(last);
  letGo(null);
  await expect(page.getByText('0 of 1 read')).toHaveCount(3);
  expect(await box(last)).toEqual(before);
});

test('the fields below the recipients keep their places while these load', async ({ page, herald }) => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<unknown>();
  await page.route('**/api/recipients*', async (route) => {
    await held;
    await route.continue();
  });
  await herald.open('/compose');
  const before = await box(page.getByLabel('Title'));
  letGo(null);
  await herald.isAddressed();
  expect(await box(page.getByLabel('Title'))).toEqual(before);
});

test('a field keeps its height beside one with a reason', async ({ page, herald }) => {
  await herald.openCompose();
  const priority = page.locator('mat-form-field').filter({ has: page.getByRole('combobox', { name: 'Priority' }) });
  const before = await box(priority);
  await page.getByLabel('Category').fill('two words');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('mat-error').filter({ hasText: 'One word, please' })).toBeVisible();
  expect((await box(priority)).height).toBe(before.height);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('texts for screen readers alone do not make the window scroll', async ({ page, herald, server }) => {
    await choose(server, { categories: { builds: 'muted', deploys: 'inbox' } });
    await herald.open('/settings');
    await expect(page.getByRole('radio', { name: 'builds: Muted' })).toBeChecked();
    const [whole, shown] = await page.evaluate(() => {
      const { scrollHeight, clientHeight } = document.documentElement;
      return [scrollHeight, clientHeight];
    });
    expect(whole).toBe(shown);
  });

  test('a reason of two lines leaves room above what follows', async ({ page, herald }) => {
    await herald.openCompose();
    await page.getByLabel('Category').fill('two words');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const reason = await box(page.locator('mat-error').filter({ hasText: 'One word, please' }));
    const next = await box(page.locator('summary'));
    expect(next.y - reason.y - reason.height).toBeGreaterThanOrEqual(8);
  });

  test('the face of the sender is beside the words about an open notification', async ({ herald, sender }) => {
    await sender.send({ title: 'One', priority: 'low' });
    await herald.open();
    await herald.row('One').getByRole('link').click();
    const face = herald.detail.locator('app-face');
    await expect(face).toHaveAttribute('data-initials', 'A');
    await expectInLine(face, herald.detail.locator('.from'));
  });
});
