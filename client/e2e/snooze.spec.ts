import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';

test('snoozing for an hour hides a notification until then', async ({ page, herald, sender }) => {
  await herald.open();
  await sender.send({ title: 'Later' });
  await herald.row('Later').getByRole('button', { name: 'Snooze' }).click();
  await page.getByRole('menuitem', { name: '1 hour' }).click();
  await expect(page.getByRole('heading', { name: 'All done' })).toBeVisible();
  await page.getByRole('link', { name: 'Snoozed' }).click();
  await expect(herald.row('Later')).toContainText('until');
  await herald.row('Later').getByRole('button', { name: 'Move to the inbox' }).click();
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await expect(herald.row('Later')).toBeVisible();
});

test('a person snoozes until a chosen time by keyboard, and a past time is refused', async ({
  page,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.send({ title: 'Later', priority: 'low' });
  await expect(herald.row('Later')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await expect(page.getByRole('menuitem', { name: '1 hour' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Another time…' })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Snooze until' });
  const time = dialog.getByLabel('Time');
  await expect(time).toBeFocused();
  await expect(time).not.toHaveValue('');
  await time.fill('2020-01-31T08:00');
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  await expect(time).toHaveAccessibleDescription('Choose a time in the future, at most a year ahead.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(herald.row('Later').getByRole('link')).toBeFocused();

  await page.keyboard.press('s');
  await expect(page.getByRole('menuitem', { name: '1 hour' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(time).toBeFocused();
  const inThreeDays = await page.evaluate(() => {
    const at = new Date(Date.now() + 3 * 86_400_000);
    return `${new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)}T09:30`;
  });
  await time.fill(inThreeDays);
  await page.keyboard.press('Enter');
  await expect(page.locator('mat-snack-bar-container')).toContainText(/Snoozed until .* 9:30/);
  await page.getByRole('link', { name: 'Snoozed' }).click();
  await expect(herald.row('Later')).toContainText('9:30');
});

test('on a phone the list comes back once the open notification is snoozed', async ({ page, herald, sender }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await sender.send({ title: 'Later', priority: 'low' });
  await sender.send({ title: 'Now', priority: 'low' });
  await herald.open();
  await herald.row('Later').getByRole('link').click();
  await herald.detail.getByRole('button', { name: 'Snooze' }).click();
  await herald.pick('1 hour');
  await expect(herald.detail).toHaveCount(0);
  await herald.has(1);
  await expect(herald.row('Now').getByRole('link')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await herald.has(2);
});

test('undo after waking several restores each snooze on every page', async ({
  page,
  herald,
  sender,
  browser,
  server,
}) => {
  const ids = [(await sender.send({ title: 'One' })).id, (await sender.send({ title: 'Two' })).id] as const;
  const until = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const times = [until(1), until(200)] as const;
  await sender.change([ids[0]], { snoozedUntil: times[0] });
  await sender.change([ids[1]], { snoozedUntil: times[1] });
  await herald.open('/snoozed');
  await herald.has(2);
  const facts = (): Promise<string[]> => herald.rows.locator('.facts').allTextContents();
  const before = await facts();
  const other = new HeraldPage(await browser.newPage({ baseURL: server.pageUrl }));
  await other.open('/snoozed');
  await other.has(2);

  await herald.rows.first().getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Select all' }).click();
  await page.getByRole('button', { name: 'Move to the inbox' }).first().click();
  await expect(page.locator('mat-snack-bar-container')).toContainText('Back in the inbox: 2');
  await other.has(0);
  await page.locator('mat-snack-bar-container').getByRole('button', { name: 'Undo' }).click();
  await herald.has(2);
  await expect.poll(facts).toEqual(before);
  await other.has(2);
  await expect.poll(() => other.rows.locator('.facts').allTextContents()).toEqual(before);
  await other.page.close();
});
