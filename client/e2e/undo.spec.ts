import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';

/** A bar that is replaced stays in the page while it fades. */
function barOf(page: Page, text: string): Locator {
  return page.locator('mat-snack-bar-container').filter({ hasText: text });
}

test('z undoes the last thing, then the one before, and a key that is held acts once', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['a', 'b', 'c', 'd']) await sender.send({ title: `Item ${title}` });
  await herald.open();
  await herald.has(4);
  await page.keyboard.press('j');
  for (const left of [3, 2]) {
    await page.keyboard.down('e');
    // While it is held, the key repeats.
    await page.keyboard.down('e');
    await page.keyboard.down('e');
    await page.keyboard.up('e');
    await herald.has(left);
  }
  await page.keyboard.down('z');
  await page.keyboard.down('z');
  await page.keyboard.up('z');
  await herald.has(3);
  await barOf(page, 'Undone: Archived').getByRole('button', { name: 'Undo more' }).click();
  await herald.has(4);
  await expect(barOf(page, '')).toHaveCount(0);
  await page.keyboard.press('z');
  await herald.has(4);
});

test('a change that failed in part says how much is done, and can be continued or undone', async ({
  page,
  herald,
  sender,
}) => {
  await sender.sendAtOnce(510, { priority: 'medium' });
  await herald.open();
  await herald.scrollTo('end');
  await herald.has(510);
  await herald.rows.last().getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Select all' }).click();
  await expect(page.locator('app-bulk-bar')).toContainText('510 selected');
  let requests = 0;
  await page.route('**/api/notifications/state', (route) => (++requests === 2 ? route.abort() : route.continue()));
  await page.locator('app-bulk-bar').getByRole('button', { name: 'Archive' }).click();
  await herald.has(10);
  await barOf(page, 'Archived: 500 of 510').getByRole('button', { name: 'Try the rest' }).click();
  await herald.has(0);
  await expect(barOf(page, 'Archived: 10')).toBeVisible();
  await page.keyboard.press('z');
  await herald.has(10);
  await barOf(page, 'Undone: Archived: 10').getByRole('button', { name: 'Undo more' }).click();
  await herald.has(510);
});
