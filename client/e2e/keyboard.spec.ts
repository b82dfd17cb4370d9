import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';

const CAN_HAVE_FOCUS = 'a[href], button:enabled, input:enabled, textarea:enabled, summary, [role="combobox"]';
/** Enough for one round on any page; a date field takes several. */
const MOST_TABS = 120;

/** Tabs through the page once. @returns controls that received focus, and focusable controls that did not */
async function tabAround(page: Page): Promise<{ reached: string[]; missed: string[] }> {
  const wanted = page.locator(CAN_HAVE_FOCUS).filter({ visible: true });
  const reached = new Set<string>();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    // Between the last control and the first, the focus is on the body.
    if (await page.evaluate(() => document.activeElement === document.body)) continue;
    const name = await page.evaluate(nameOfFocused);
    const [first, second] = reached;
    if (name === first && second !== undefined) break;
    reached.add(name);
  }
  // Arrow keys move within a grid (WAI-ARIA grid pattern).
  const names = await wanted.evaluateAll((elements) =>
    elements
      .filter((one) => one.closest('[role=grid]') === null)
      .map(
        (one) =>
          one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent,
      ),
  );
  return { reached: [...reached], missed: names.map((name) => name.trim()).filter((name) => !reached.has(name)) };
}

function nameOfFocused(): string {
  const focused = document.activeElement as HTMLInputElement;
  return (focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent).trim();
}

test('Tab reaches every control of the inbox in reading order', async ({ page, herald, sender }) => {
  await sender.send({ title: 'One' });
  await herald.open();
  await expect(herald.rows).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'People' })).toBeVisible();
  const { reached, missed } = await tabAround(page);
  expect(missed).toEqual([]);
  expect(reached).toEqual([
    'Skip to the content',
    'Herald',
    'Account: admin',
    'Compose',
    'Inbox, unread: 1',
    'Snoozed',
    'Archived',
    'Sent',
    'Settings',
    'People',
    'Mark all as read',
    'Search notifications',
    'Unread',
    'Filters',
    'Saved filters',
    'Select: One',
    'Unread: One',
    'Mark read: One',
    'Snooze: One',
    'Archive: One',
  ]);
});

test('Tab reaches every control of the compose and the sign-in form', async ({ page, herald }) => {
  await herald.openCompose();
  await expect(page.getByLabel('Title')).toBeVisible();
  expect((await tabAround(page)).missed).toEqual([]);
  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Title')).toBeVisible();
  expect((await tabAround(page)).missed).toEqual([]);
  await herald.signOut();
  await expect(page.getByRole('button', { name: 'Continue with the demo' })).toBeVisible();
  expect((await tabAround(page)).missed).toEqual([]);
});

test('a person composes, sends and signs out by keyboard alone', async ({ page, herald }) => {
  await herald.open();
  await page.getByRole('link', { name: 'Compose' }).focus();
  await page.keyboard.press('Enter');
  await herald.isAddressed();
  await page.getByLabel('Title').focus();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.type('No pointer was used');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(herald.toast('By keyboard')).toContainText('low');

  await page.getByRole('button', { name: /^Account/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in to Herald' })).toBeVisible();
  await expect(page.getByLabel('Username')).toBeFocused();
  await page.keyboard.type('admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type('password');
  await page.keyboard.press('Enter');
  await herald.isLive();
});

test('the skip link leads to the content', async ({ page, herald }) => {
  await herald.open();
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('searchbox', { name: 'Search notifications' })).toBeFocused();
});

test('Back closes a dialog first and stays on the page, and closing it leaves no trace in the history', async ({
  page,
  herald,
}) => {
  await herald.open('/archived');
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await expect(page.getByRole('heading', { name: 'Inbox', exact: true })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL('/');
  await page.keyboard.press('?');
  await herald.closeDialog();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL('/');
  await page.goBack();
  await expect(page).toHaveURL('/archived');
});
