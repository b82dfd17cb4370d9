import { expect, type Locator, type Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';
import { listen, spoken } from './support/listening.ts';
import { colorsSettle } from './support/looks.ts';

async function axe(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(colorsSettle);
    expect(await axeViolations(page)).toEqual([]);
  }
}

test.describe.configure({ timeout: 120_000 });

const body = (within: Locator): Locator => within.locator('app-notification-body');

test('a second browser receives and answers a notification with every option; the sender sees it', async ({
  page,
  herald,
  browser,
  server,
}) => {
  await herald.openCompose();
  await page.getByLabel('Title').fill('Release 42');
  await page
    .getByLabel('Message')
    .fill('**Ready** for [review](https://example.com/42)\n\n<img src=x onerror="document.title=1">');
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'high' }).click();
  await page.getByText('More options').click();
  await page.getByLabel('Formatted as Markdown').check();
  await page.getByLabel('Ask to confirm').check();
  await page.getByLabel('Link', { exact: true }).fill('javascript:alert(1)');
  await page.getByLabel('Tags').fill(':rocket: release');
  await page.getByLabel('Label 1').fill('Approve');
  await page.getByLabel('Address or event 1').fill('approve');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.locator('strong')).toHaveText('Ready');
  await expect(preview.getByRole('img', { name: 'rocket' })).toHaveText('🚀');
  await expect(preview.locator('img')).toHaveCount(0);
  await axe(page);

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('mat-error')).toHaveText('This must be an address that begins with http:// or https://.');
  await page.getByLabel('Link', { exact: true }).fill('https://example.com/builds');

  const context = await browser.newContext({ baseURL: server.pageUrl });
  const other = new HeraldPage(await context.newPage());
  await other.open();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.sent').filter({ hasText: 'Sent “Release 42”' })).toBeVisible();

  const row = other.row('Release 42');
  await expect(row.getByRole('heading')).toHaveText(/🚀 Release 42/);
  await expect(other.toast('🚀 Release 42')).toBeVisible();
  await row.getByRole('link').click();
  // Its buttons are on the page now.
  await expect(other.toast('Release 42')).toHaveCount(0);
  const open = other.detail;
  await expect(body(open).locator('strong')).toHaveText('Ready');
  await expect(body(open)).toContainText('<img src=x onerror="document.title=1">');
  await expect(body(open).getByRole('link', { name: 'review' })).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(open.getByRole('link', { name: 'Open link' })).toHaveAttribute('href', 'https://example.com/builds');
  await expect(open.getByRole('img', { name: 'rocket' })).toBeVisible();
  await axe(other.page);
  await open.getByRole('button', { name: 'Approve' }).click();
  await expect(open).toContainText('You chose Approve');
  await expect(open.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await open.getByRole('button', { name: 'Confirm' }).click();
  await expect(open).toContainText('Confirmed');

  await page.goto('/sent');
  await page.getByRole('button', { name: 'Receipts: Release 42' }).click();
  await expect(page.locator('app-receipts-view .sum')).toHaveText('1 of 1 read · 1 answered · 1 confirmed');
  await expect(page.getByRole('list', { name: 'Read' })).toContainText('admin chose Approve, confirmed');
  await expect(page.getByRole('list', { name: 'Answers' })).toHaveText('Approve (approve): 1');
  await axe(page);
  await herald.choose('Take back', 'Release 42');
  // Leaving the page takes it back at once.
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(row).toHaveCount(0);
  await context.close();
});

test('a notification that requires confirmation stays, and comes back each minute until confirmed', async ({
  page,
  herald,
  sender,
}) => {
  await page.clock.install();
  await herald.open();
  await herald.has(0);
  await sender.send({ title: 'Evacuate', requiresAck: true });
  await expect(herald.toast('Evacuate')).toBeVisible();
  await page.clock.runFor(30_000);
  await expect(herald.toast('Evacuate')).toBeVisible();
  await herald.toast('Evacuate').getByRole('button', { name: 'Dismiss' }).click();
  await page.clock.runFor(1000);
  await expect(herald.toast('Evacuate')).toHaveCount(0);
  await page.clock.runFor(60_000);
  await expect(herald.toast('Evacuate')).toHaveCount(1);
  await herald.toast('Evacuate').getByRole('button', { name: 'Confirm' }).click();
  await page.clock.runFor(1000);
  await expect(herald.toast('Evacuate')).toHaveCount(0);
  await page.clock.runFor(120_000);
  await expect(herald.toast('Evacuate')).toHaveCount(0);
  await herald.row('Evacuate').getByRole('link').click();
  await expect(herald.detail).toContainText('Confirmed');
});

test('a notification with the same key replaces the earlier one in the list, and an expired one leaves it', async ({
  herald,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Backup 10 %', key: 'backup', priority: 'low' });
  await expect(herald.row('Backup 10 %')).toBeVisible();
  await sender.send({ title: 'Backup 90 %', key: 'backup', priority: 'low' });
  await expect(herald.row('Backup 90 %')).toBeVisible();
  await expect(herald.row('Backup 10 %')).toHaveCount(0);
  await sender.send({ title: 'Short-lived', priority: 'low', expiresAt: new Date(Date.now() + 3000).toISOString() });
  await expect(herald.row('Short-lived')).toBeVisible();
  await expect(herald.row('Short-lived')).toHaveCount(0);
  await expect(herald.row('Backup 90 %')).toBeVisible();
});

test('a scheduled notification is listed and can be cancelled', async ({ page, herald }) => {
  await herald.openCompose();
  await page.getByLabel('Title').fill('Standup');
  await page.getByLabel('Message').fill('In an hour.');
  await page.getByText('More options').click();
  const inAnHour = await page.evaluate(() => {
    const at = new Date(Date.now() + 3_600_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  });
  await page.getByLabel('Send at').fill(inAnHour);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.sent').filter({ hasText: 'Scheduled “Standup”' })).toBeVisible();
  await page.getByRole('link', { name: 'Sent', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Scheduled' })).toContainText('Standup');
  await page.clock.install();
  await herald.choose('Cancel sending', 'Standup');
  await expect(page.getByText('Being cancelled…')).toBeVisible();
  await page.clock.runFor(8000);
  await expect(page.locator('.said').filter({ hasText: 'Cancelled “Standup”' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Scheduled' })).toHaveCount(0);
});

test('a Markdown message is plain text in a row, a toast and an announcement, and formatted when open', async ({
  page,
  herald,
  sender,
}) => {
  await listen(page);
  await herald.open();
  await sender.send({ title: 'Release', message: '**Ready** for [review](https://example.com/42)', markdown: true });
  await sender.send({ title: 'As typed', message: '2 **not** bold', priority: 'medium' });
  await expect(herald.row('Release').locator('.message')).toHaveText('Ready for review');
  await expect(herald.toast('Release').locator('.message')).toHaveText('Ready for review');
  await expect.poll(() => spoken(page, 'assertive')).toEqual(['High priority: Release. Ready for review']);
  await expect(herald.row('As typed').locator('.message')).toHaveText('2 **not** bold');
  await herald.row('Release').getByRole('link').click();
  await expect(body(herald.detail).locator('strong')).toHaveText('Ready');
});

test('an answer becomes one line with its time, and can be changed by keyboard', async ({ page, herald, sender }) => {
  await sender.send({
    title: 'Deploy?',
    priority: 'low',
    actions: [
      { label: 'Approve', event: 'approve' },
      { label: 'Deny', event: 'deny' },
    ],
  });
  await herald.open();
  await herald.row('Deploy?').getByRole('link').click();
  const said = herald.detail.locator('app-notification-actions .answer');
  await herald.detail.getByRole('button', { name: 'Approve' }).press('Enter');
  await expect(said).toHaveText(/^You chose Approve, \d+:\d\d.* · Change/);
  await expect(said.getByRole('button', { name: /^Change/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(herald.detail.getByRole('button', { pressed: true })).toHaveText('Approve');
  await expect(herald.detail.getByRole('button', { pressed: true })).toBeFocused();
  await herald.detail.getByRole('button', { name: 'Deny' }).press('Enter');
  await expect(said).toContainText('You chose Deny');
  await page.reload();
  await expect(said).toContainText('You chose Deny');
  await page.goto('/sent');
  await page.getByRole('button', { name: 'Receipts: Deploy?' }).click();
  await expect(page.getByRole('list', { name: 'Read' })).toContainText('chose Approve, then Deny');
});
