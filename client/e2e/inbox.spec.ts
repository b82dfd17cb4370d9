import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { HeraldPage } from './support/herald-page.ts';

/** Limit for an action in one place to show in the others. */
const SOON = { timeout: 1000 };

async function undo(page: Page): Promise<void> {
  const bar = page.locator('mat-snack-bar-container');
  // One of before may still be fading.
  await expect(bar).toHaveCount(1);
  await bar.getByRole('button', { name: 'Undo' }).click();
}

test('archiving removes a notification from the inbox, can be undone, and shows in the other tab', async ({
  context,
  page,
  herald,
  sender,
}) => {
  const tab = new HeraldPage(await context.newPage());
  await herald.open();
  await tab.open();
  for (const title of ['One', 'Two']) await sender.send({ title });
  for (const one of [herald, tab]) await one.has(2);

  await herald.row('One').getByRole('button', { name: 'Archive' }).click();
  for (const one of [herald, tab]) await expect(one.row('One')).toHaveCount(0, SOON);
  await undo(page);
  for (const one of [herald, tab]) await expect(one.row('One')).toBeVisible(SOON);

  await herald.row('Two').getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('link', { name: 'Archived' }).click();
  await expect(page).toHaveTitle('(1) Archived · Herald');
  await herald.row('Two').getByRole('button', { name: 'Move to the inbox' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing archived' })).toBeVisible();
  await expect(tab.row('Two')).toBeVisible(SOON);
});

test('several are selected, a range with shift, and archived together; undo restores all of them', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['a', 'b', 'c', 'd', 'e']) await sender.send({ title: `Item ${title}` });
  await herald.open();
  await herald.row('Item e').getByRole('checkbox').click();
  await herald
    .row('Item c')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await expect(page.getByRole('main').getByText('3 selected')).toBeVisible();
  await page.locator('app-bulk-bar').getByRole('button', { name: 'Archive' }).click();
  await herald.has(2);
  await undo(page);
  await herald.has(5);

  await herald.row('Item a').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Select all' }).click();
  await page.locator('app-bulk-bar').getByRole('button', { name: 'Mark read' }).click();
  await expect(page).toHaveTitle('Inbox · Herald');
  await undo(page);
  await expect(page).toHaveTitle('(5) Inbox · Herald');

  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page).toHaveTitle('Inbox · Herald');
  await undo(page);
  await expect(page).toHaveTitle('(5) Inbox · Herald');
});

test('a notification opens beside the list or over it, becomes read, and has its own address', async ({
  page,
  herald,
  sender,
}) => {
  const { id } = await sender.send({ title: 'The one', message: 'All of it' });
  await sender.send({ title: 'Another' });
  await herald.open();
  await herald.row('The one').getByRole('link').click();
  await expect(herald.detail).toContainText('All of it');
  await expect(page).toHaveTitle('(1) Inbox · Herald');
  await expect(herald.row('Another')).toBeVisible();
  await page.goBack();
  await expect(herald.detail).toHaveCount(0);

  await page.setViewportSize({ width: 360, height: 740 });
  await herald.open(`/n/${id}`);
  await expect(herald.detail.getByRole('heading', { name: 'The one' })).toBeFocused();
  await expect(herald.detail).toBeInViewport({ ratio: 1 });
  await herald.detail.getByRole('button', { name: 'Back to the list' }).click();
  await expect(herald.detail).toHaveCount(0);

  await expect(herald.row('Another').getByRole('link')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(herald.detail.getByRole('heading', { name: 'The one' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(herald.row('The one').getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('e');
  await expect(herald.row('The one')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(herald.row('Another').getByRole('link')).toBeFocused();

  await herald.open('/n/01890000-0000-7000-8000-000000000000');
  await expect(herald.detail.getByRole('heading', { name: 'There is no such notification' })).toBeVisible();
});

test('j and k move, Enter opens, u, e, x and s act, ? lists the keys, and none of them acts while typing', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['a', 'b', 'c', 'd']) await sender.send({ title: `Item ${title}` });
  await herald.open();
  await herald.has(4);
  const link = (title: string) => herald.row(title).getByRole('link');
  await page.keyboard.press('j');
  await expect(link('Item d')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(link('Item c')).toBeFocused();
  await page.keyboard.press('u');
  await expect(page).toHaveTitle('(3) Inbox · Herald');
  await page.keyboard.press('x');
  await expect(herald.row('Item c').getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(herald.row('Item c').getByRole('checkbox')).not.toBeChecked();

  await page.keyboard.press('e');
  await herald.has(3);
  await expect(link('Item b')).toBeFocused();
  await page.keyboard.press('s');
  await expect(page.getByRole('menuitem', { name: '1 hour' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(link('Item b')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(herald.detail.getByRole('heading', { name: 'Item b' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(herald.detail.getByRole('heading', { name: 'Item a' })).toBeVisible();

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  // The closing dialog still has the focus and the keys.
  await expect(keys).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('jeux');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('jeux');
});

test('z undoes the last action, and undo from the bar also keeps the keyboard focus in place', async ({
  page,
  herald,
  sender,
}) => {
  for (const title of ['a', 'b', 'c']) await sender.send({ title: `Item ${title}` });
  await herald.open();
  await herald.has(3);
  const bar = page.locator('mat-snack-bar-container');
  await page.keyboard.press('z');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await herald.has(2);
  await expect(bar).toContainText('Archived');
  await page.keyboard.press('z');
  await herald.has(3);
  await expect(bar).toHaveCount(0);
  await expect(herald.row('Item a').getByRole('link')).toBeFocused();
  await page.keyboard.press('z');
  await herald.has(3);

  await page.keyboard.press('k');
  await page.keyboard.press('e');
  await herald.has(2);
  await bar.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await herald.has(3);
  await expect(herald.row('Item a').getByRole('link')).toBeFocused();
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test('a swipe left archives, a swipe right marks read, and a short swipe does nothing', async ({
    page,
    herald,
    sender,
  }) => {
    for (const title of ['One', 'Two']) await sender.send({ title });
    await herald.open();
    await herald.has(2);
    const fingers = await page.context().newCDPSession(page);
    const swipe = async (title: string, by: number): Promise<void> => {
      const box = (await herald.row(title).boundingBox())!;
      const y = box.y + box.height / 2;
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 180, y }] });
      for (let step = 1; step <= 8; step++) {
        await fingers.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          touchPoints: [{ x: 180 + (by * step) / 8, y }],
        });
      }
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe('One', 60);
    await swipe('Two', 150);
    await expect(page).toHaveTitle('(1) Inbox · Herald');
    await swipe('One', -150);
    await expect(page).toHaveTitle('Inbox · Herald');
    await herald.has(1);
    await expect(herald.row('Two')).toBeVisible();
  });
});

test('a flood of low priority folds into one row, which expands to show all of it', async ({
  page,
  herald,
  sender,
}) => {
  await page.setViewportSize({ width: 1280, height: 1500 });
  await herald.open();
  await sender.sendMany(12, { priority: 'low', category: 'builds' });
  await sender.send({ title: 'Apart' });
  const fold = page.getByRole('button', { name: /^12 from builds/ });
  await fold.click();
  await expect(herald.rows).toHaveCount(13);
  await fold.click();
  await expect(herald.rows).toHaveCount(1);
});

test('a flood is ticked, read, snoozed and archived as one, by its buttons and by keys', async ({
  page,
  herald,
  sender,
}) => {
  await herald.open();
  await sender.sendMany(12, { priority: 'low', category: 'builds' });
  await sender.send({ title: 'Apart' });
  const fold = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^12 from builds/ }) });
  await expect(fold).toBeVisible();
  await expect(herald.row('Apart')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(fold.getByRole('checkbox', { name: 'Select: 12 from builds' })).toBeChecked();
  await expect(page.locator('app-bulk-bar')).toContainText('12 selected');
  await page.keyboard.press('x');
  await page.keyboard.press('u');
  await expect(page).toHaveTitle('(1) Inbox · Herald');
  await page.keyboard.press('z');
  await expect(page).toHaveTitle('(13) Inbox · Herald');
  await page.keyboard.press('s');
  await page.getByRole('menuitem').first().click();
  await expect(fold).toHaveCount(0);
  await expect(herald.row('Apart').getByRole('link')).toBeFocused();
  await page.keyboard.press('z');
  await fold.getByRole('button', { name: 'Archive: 12 from builds' }).click();
  await expect(fold).toHaveCount(0);
  await page.getByRole('link', { name: 'Archived' }).click();
  await fold.getByRole('button', { name: 'Move to the inbox: 12 from builds' }).click();
  await expect(fold).toHaveCount(0);
});

test('selecting all matches includes those not loaded, leaves new arrivals alone, and can be undone', async ({
  page,
  herald,
  sender,
}) => {
  await sender.sendAtOnce(120, { priority: 'medium' });
  await sender.sendAtOnce(3, { priority: 'medium', category: 'other' });
  await page.setViewportSize({ width: 360, height: 800 });
  await herald.open('/?category=test');
  await expect(herald.rows.first()).toHaveAttribute('aria-setsize', '-1');
  const bar = page.locator('app-bulk-bar');
  await herald.rows.first().getByRole('checkbox').click();
  await bar.getByRole('button', { name: 'Select all' }).click();
  await expect(bar.locator('.offer')).toContainText('All 50 that are loaded are selected.');
  await bar.getByRole('button', { name: 'Select all that match' }).click();
  await expect(bar).toContainText('All that match selected');

  await sender.send({ title: 'Came meanwhile', priority: 'medium' });
  await expect(herald.row('Came meanwhile')).toBeVisible();
  await expect(herald.row('Came meanwhile').getByRole('checkbox')).not.toBeChecked();
  await bar.getByRole('button', { name: 'Archive' }).click();
  await expect(page.locator('mat-snack-bar-container')).toContainText('Archived: 120');
  await herald.has(1);
  // The page shows a change before the server has stored it, and leaving the page would cut it off.
  const isStored = page.waitForResponse('**/api/notifications/state');
  await undo(page);
  // The list had been loaded to its end.
  await herald.has(121);
  await isStored;
  await page.goto('/archived');
  await herald.isLive();
  await herald.has(0);
});

test('the selection bar fits one line at 360 px and shows the count', async ({ page, herald, sender }) => {
  await sender.sendAtOnce(234, { priority: 'medium' });
  await page.setViewportSize({ width: 360, height: 800 });
  await herald.open();
  await herald.rows.first().getByRole('checkbox').click();
  const bar = page.locator('app-bulk-bar');
  const tops = (): Promise<number> =>
    bar
      .locator(':scope > button:visible')
      .evaluateAll(
        (all) =>
          new Set(
            all.map((one) => Math.round(one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2)),
          ).size,
      );
  await expect(bar.getByRole('button', { name: 'Select all' })).toBeVisible();
  await expect.poll(tops).toBe(1);
  await bar.getByRole('button', { name: 'Select all' }).click();
  await expect.poll(tops).toBe(1);
  await bar.getByRole('button', { name: 'Select all 234' }).click();
  await expect(bar).toContainText('All 234 selected');
  await expect.poll(tops).toBe(1);
  await sender.send({ title: 'Came since', priority: 'medium' });
  await expect(herald.row('Came since')).toBeVisible();
  await expect(bar).toContainText('All 234 selected');
  await bar.getByRole('button', { name: 'Snooze' }).click();
  await page.getByRole('menuitem').first().click();
  await expect(page.locator('mat-snack-bar-container')).toContainText(/Snoozed until .*: 234/);
  await herald.has(1);
});
