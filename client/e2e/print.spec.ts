import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';

/** As the browser does before it lays out the pages. */
async function print(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
}

const heights = (page: Page): Promise<{ content: number; page: number }> =>
  page.evaluate(() => ({
    content: Math.max(
      ...Array.from(document.querySelectorAll('article, app-notification-list'), (one) => one.scrollHeight),
    ),
    page: document.documentElement.scrollHeight,
  }));

test('all of the list is printed, without what surrounds it, and scrolls as before afterwards', async ({
  page,
  herald,
  sender,
}) => {
  await sender.sendAtOnce(45, { priority: 'medium' });
  await herald.open();
  await herald.has(45);
  expect(await herald.rows.count()).toBeLessThan(45);
  await print(page);
  await expect(herald.rows).toHaveCount(45);
  const { content, page: whole } = await heights(page);
  expect(content).toBeGreaterThan(45 * 84);
  expect(whole).toBeGreaterThanOrEqual(content);
  const last = (await herald.rows.last().boundingBox())!;
  expect(last.y).toBeGreaterThan(44 * 84);
  for (const outside of ['app-header', 'app-navigation', 'app-filter-bar', 'app-toast'])
    await expect(page.locator(outside).filter({ visible: true })).toHaveCount(0);
  await sender.send({ title: 'While the print dialog is open' });
  await expect(herald.rows).toHaveCount(46);

  await page.emulateMedia({ media: null });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect.poll(() => herald.rows.count()).toBeLessThan(45);
});

test('a printed list says that older notifications are missing', async ({ page, herald, sender }) => {
  await sender.sendMany(55, { priority: 'medium' });
  await herald.open();
  const missing = page.getByText('Older notifications are not printed.');
  await expect(herald.rows.first()).toHaveAttribute('aria-setsize', '-1');
  await print(page);
  await expect(missing).toBeVisible();
  await page.emulateMedia({ media: null });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(missing).toBeHidden();
  await herald.scrollTo('end');
  await herald.has(55);
  await print(page);
  await expect(missing).toHaveCount(0);
});

for (const width of [360, 1440]) {
  test(`all of an open notification is printed, and nothing else, at ${width} px`, async ({ page, herald, sender }) => {
    await page.setViewportSize({ width, height: 600 });
    const { id } = await sender.send({ title: 'Long', message: 'A line\n'.repeat(200), priority: 'low' });
    await herald.open(`/?open=${id}`);
    await expect(herald.detail.getByRole('article')).toBeVisible();
    await print(page);
    const { content, page: whole } = await heights(page);
    expect(content).toBeGreaterThan(200 * 15);
    expect(whole).toBeGreaterThanOrEqual(content);
    await expect(herald.list.filter({ visible: true })).toHaveCount(0);
  });
}
