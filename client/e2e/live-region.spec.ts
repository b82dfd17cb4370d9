import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { listen, spoken } from './support/listening.ts';

/** Forms announce their errors beside each field: Material's form fields contain live regions. */
const OTHER_LIVE =
  '[aria-live]:not([aria-live=off], .mat-mdc-form-field-subscript-wrapper), [role=alert], [role=status], [role=log]';

async function expectTwoRegions(page: Page): Promise<void> {
  const regions = await page
    .locator(OTHER_LIVE)
    .evaluateAll((all) => all.map((one) => [one.parentElement?.localName, one.getAttribute('aria-live')]));
  expect(regions).toEqual([
    ['body', 'polite'],
    ['body', 'assertive'],
  ]);
}

test('ten arrivals are one announcement, high priority interrupts, and nothing is announced twice', async ({
  page,
  herald,
  sender,
}) => {
  await listen(page);
  await herald.open();
  await herald.has(0);
  await sender.sendAtOnce(10, { priority: 'low' });
  await expect.poll(() => spoken(page, 'polite')).toContain('10 new notifications');
  await sender.send({ title: 'Disk full', message: 'On db-1.', priority: 'high' });
  await expect(herald.toast('Disk full')).toBeVisible();
  await expect.poll(() => spoken(page, 'assertive')).toEqual(['High priority: Disk full. On db-1.']);
  await expectTwoRegions(page);

  await sender.send({ title: 'Lunch', message: 'At noon.', priority: 'medium' });
  await expect.poll(() => spoken(page, 'polite'), { timeout: 8000 }).toContain('New: Lunch. At noon.');
  const polite = await spoken(page, 'polite');
  expect(polite.filter((line) => /new/i.test(line))).toEqual(['10 new notifications', 'New: Lunch. At noon.']);
  expect(await spoken(page, 'assertive')).toHaveLength(1);
});

test('actions, navigation and the connection status are announced once each, in one place', async ({
  page,
  herald,
  sender,
  server,
}) => {
  await listen(page);
  await herald.open();
  await sender.send({ title: 'Old news', priority: 'low' });
  await herald.row('Old news').getByRole('checkbox').click();
  await expect.poll(() => spoken(page, 'polite')).toContain('1 selected');
  await page.getByRole('button', { name: 'Archive', exact: true }).last().click();
  await expect(page.locator('mat-snack-bar-container')).toBeVisible();
  await expect.poll(() => spoken(page, 'polite')).toContain('Archived. It can be undone');
  await expectTwoRegions(page);

  await page.getByRole('link', { name: 'Settings' }).click();
  await expect.poll(() => spoken(page, 'polite')).toContain('Settings');
  await page.getByLabel('Play a short sound').check();
  await expect.poll(() => spoken(page, 'polite')).toContain('Saved');
  await page.getByRole('link', { name: 'Compose' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => spoken(page, 'assertive')).toEqual(['Not sent yet: see the marked fields.']);
  await expectTwoRegions(page);

  await server.kill();
  await expect.poll(() => spoken(page, 'polite')).toContain('Offline. Trying again soon');
  await server.start();
  await herald.connectNow();
  await expect(herald.status).toHaveText('Live', { timeout: 15_000 });
  await expect.poll(() => spoken(page, 'polite')).toContain('Live');
  const polite = await spoken(page, 'polite');
  for (const line of [
    '1 selected',
    'Archived. It can be undone',
    'Settings',
    'Saved',
    'Compose',
    'Offline. Trying again soon',
    'Live',
  ]) {
    expect(
      polite.filter((one) => one === line),
      line,
    ).toHaveLength(1);
  }
  await expectTwoRegions(page);
});

test('the number of search results is announced once loaded, and not again on a new arrival', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['Disk full', 'Disk fine', 'Lunch']) await sender.send({ title, priority: 'low' });
  await listen(page);
  await herald.open();
  await herald.has(3);
  await page.getByRole('searchbox').fill('disk');
  await expect.poll(() => spoken(page, 'polite')).toContain('2 found');
  await sender.send({ title: 'Disk gone', priority: 'low' });
  await herald.has(3);
  await page.getByRole('searchbox').fill('nothing of that');
  await expect.poll(() => spoken(page, 'polite')).toContain('Nothing matches');
  expect((await spoken(page, 'polite')).filter((line) => /found|matches/.test(line))).toEqual([
    '2 found',
    'Nothing matches',
  ]);
});

test('arrivals missed while away are one announcement', async ({ page, herald, sender }) => {
  await herald.open();
  await page.goto('about:blank');
  await sender.sendMany(5, { priority: 'medium' });
  await listen(page);
  await herald.open();
  await expect.poll(() => spoken(page, 'polite')).toContain('5 came while you were away');
  expect((await spoken(page, 'polite')).filter((line) => line.includes('came'))).toHaveLength(1);
  expect(await spoken(page, 'assertive')).toEqual([]);
});

test('a list that could not be loaded is announced with the reason', async ({ page, herald }) => {
  await listen(page);
  await herald.open();
  await page.route('**/api/notifications?*', (route) =>
    route.fulfill({ status: 400, json: { code: 'invalid_request', message: 'No' } }),
  );
  await page.getByRole('link', { name: 'Archived' }).click();
  await expect(page.getByRole('heading', { name: 'The notifications didn’t load' })).toBeVisible();
  await expect
    .poll(() => spoken(page, 'polite'))
    .toContain('The notifications didn’t load Check your entries and try again.');
});
