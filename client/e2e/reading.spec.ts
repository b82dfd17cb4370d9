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
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
});

test('an open notification leaves the unread ones when it is closed or archived', async ({ page, herald }) => {
  await herald.row('Three').getByRole('link').click();
  await expect(herald.detail.getByRole('heading', { name: 'Three' })).toBeVisible();
  await expect(herald.row('Three').getByRole('link')).not.toContainText('Unread:');
  await herald.has(4);
  await page.keyboard.press('Escape');
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
