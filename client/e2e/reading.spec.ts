import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test.beforeEach(async ({ herald, sender }) => {
  for (const title of ['One', 'Two', 'Three', 'Four']) await sender.send({ title, priority: 'low' });
  await herald.open('/?unread=true');
  await herald.has(4);
});

test('j goes through the unread notifications without skipping one', async ({ page, herald }) => {
  await herald.row('Four').getByRole('link').click();
  for (const title of ['Four', 'Three', 'Two', 'One']) {
    await expect(herald.detail.getByRole('heading', { name: title })).toBeVisible();
    await expect(herald.row(title).getByRole('link')).not.toContainText('Unread:');
    await expect(herald.row(title)).toBeVisible();
    await page.keyboard.press('j');
  }
  await page.keyboard.press('Escape');
  await herald.has(1);
  await expect(herald.row('One').getByRole('link')).toBeFocused();
});

test('a notification that was open keeps its place among the unread ones until the keyboard goes on', async ({
  page,
  herald,
}) => {
  await herald.row('Three').getByRole('link').click();
  await expect(herald.detail.getByRole('heading', { name: 'Three' })).toBeVisible();
  await expect(herald.row('Three').getByRole('link')).not.toContainText('Unread:');
  await herald.has(4);
  await page.keyboard.press('Escape');
  await expect(herald.detail).toHaveCount(0);
  await expect(herald.row('Three').getByRole('link')).toBeFocused();
  await page.keyboard.press('j');
  await herald.has(3);
  expect(await herald.titles()).toEqual(['Four', 'Two', 'One']);
  await expect(herald.row('Two').getByRole('link')).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(herald.detail.getByRole('heading', { name: 'Two' })).toBeVisible();
  await herald.has(3);
  await page.keyboard.press('e');
  await herald.has(2);
  expect(await herald.titles()).toEqual(['Four', 'One']);
});

test('once the last row has left, the focus goes to the text in place of the list', async ({ page, herald }) => {
  await page.goto('/');
  await herald.isLive();
  await herald.has(4);
  await page.keyboard.press('j');
  for (const left of [3, 2, 1, 0]) {
    await page.keyboard.press('e');
    await herald.has(left);
  }
  await expect(page.getByRole('heading', { name: 'All done' })).toBeFocused();
  await expect(page.getByText('Select a notification to read it.')).toHaveCount(0);
});

test('on a phone, the way back leads to the notification that was open', async ({ page, herald }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await herald.row('Three').getByRole('link').click();
  await herald.detail.getByRole('button', { name: 'Back to the list' }).click();
  await expect(herald.row('Three').getByRole('link')).toBeFocused();
});
