import { expect, type Locator } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { plainTaskOn, tasksDuring } from './support/main-thread.ts';
import { setVisible } from './support/senses.ts';

/** The toast's timer is its progress bar: a 5 s animation that closes the toast at its end. */
function clockOf(toast: Locator): { state: () => Promise<AnimationPlayState>; skipTo: (ms: number) => Promise<void> } {
  const bar = toast.locator('.bar');
  return {
    state: () => bar.evaluate((element) => element.getAnimations()[0]!.playState),
    skipTo: (ms) => bar.evaluate((element, time) => void (element.getAnimations()[0]!.currentTime = time), ms),
  };
}

test('a toast pauses while the pointer is on it, and resumes when it leaves', async ({ page, herald }) => {
  await herald.open();
  await herald.sendTest();
  const toast = herald.toasts.first();
  await toast.hover();
  const clock = clockOf(toast);
  await expect.poll(clock.state).toBe('paused');
  await clock.skipTo(4900);
  expect(await clock.state()).toBe('paused');
  await page.mouse.move(0, 0);
  await expect(toast).toHaveCount(0, { timeout: 2000 });
});

test('a toast pauses while it has keyboard focus, even after the pointer has left', async ({ page, herald }) => {
  await herald.open();
  await herald.sendTest();
  const toast = herald.toasts.first();
  await expect(toast).toBeVisible();
  await page.keyboard.press('F8');
  await expect(toast.locator(':focus')).toHaveCount(1);
  await toast.hover();
  await page.mouse.move(0, 0);
  const clock = clockOf(toast);
  await expect.poll(clock.state).toBe('paused');
  await clock.skipTo(4900);
  expect(await clock.state()).toBe('paused');
  await page.keyboard.press('Shift+Tab');
  await expect(toast).toHaveCount(0, { timeout: 2000 });
});

test('F8 moves the focus to the toasts; Escape dismisses them and moves it back', async ({ page, herald, sender }) => {
  await herald.open();
  const button = page.getByRole('button', { name: 'Filters', exact: true });
  await button.focus();
  await sender.send({ title: 'First' });
  await sender.send({ title: 'Second' });
  await expect(herald.toasts).toHaveCount(2);

  await page.keyboard.press('F8');
  await expect(herald.toast('First').getByRole('button', { name: /First/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(herald.toast('First')).toHaveCount(0);
  await expect(herald.toast('Second').getByRole('button', { name: /Second/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(herald.toasts).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('Escape dismisses a toast from anywhere, but closes a menu first', async ({ page, herald }) => {
  await herald.open();
  await herald.sendTest();
  await expect(herald.toasts).toHaveCount(1);
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(herald.toasts).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(herald.toasts).toHaveCount(0);
});

test('dismissing by pointer keeps the next toast’s timer running', async ({ herald, sender }) => {
  await herald.open();
  await sender.send({ title: 'First' });
  await sender.send({ title: 'Second' });
  await herald.toast('First').getByRole('button', { name: 'Dismiss' }).click();
  await expect(herald.toast('First')).toHaveCount(0);
  await expect(herald.toasts).toHaveCount(1);
});

test('clicking a toast opens its notification and marks it read', async ({ page, herald }) => {
  await herald.open();
  await herald.sendTest();
  await page.getByRole('link', { name: 'Compose' }).click();
  await herald.toasts.first().getByText('Test notification', { exact: true }).click();
  await expect(page).toHaveURL(/\/\?open=/);
  await expect(page).toHaveTitle('Inbox · Herald');
  await expect(herald.row('Test notification')).toBeVisible();
  await expect(herald.detail.getByRole('heading', { name: 'Test notification' })).toBeVisible();
});

test('a few toasts show at once, and the others are summed up', async ({ herald, sender }) => {
  await herald.open();
  await sender.sendMany(20, { priority: 'medium' });
  await sender.send({ title: 'Urgent', priority: 'high' });
  await expect(herald.toasts).toHaveCount(3);
  const shown: string[] = [];
  // Skips each timer to its end, so that the whole queue passes at once.
  await expect(async () => {
    const first = herald.toasts.first();
    shown.push(await first.locator('.title').innerText({ timeout: 500 }));
    await clockOf(first).skipTo(5000);
    expect(shown.at(-1)).toMatch(/^\+\d+ more$/);
  }).toPass({ intervals: [50], timeout: 10_000 });
  expect(shown).toContain('Urgent');
  const each = new Set(shown.filter((title) => !title.startsWith('+')));
  expect(each.size + Number(/\d+/.exec(shown.at(-1)!)![0])).toBe(21);
});

test('a toast waits while nobody looks at the page, and is there on return', async ({ page, herald, sender }) => {
  await herald.open();
  await setVisible(page, false);
  await sender.send({ title: 'While hidden' });
  const toast = herald.toast('While hidden');
  const clock = clockOf(toast);
  await expect.poll(clock.state).toBe('paused');
  await clock.skipTo(4900);
  expect(await clock.state()).toBe('paused');
  await setVisible(page, true);
  await expect.poll(clock.state).toBe('running');
});

test('a toast closes when its notification is read elsewhere', async ({ herald, sender }) => {
  await herald.open();
  const { id } = await sender.send({ title: 'Read on the phone' });
  await expect(herald.toast('Read on the phone')).toBeVisible();
  await clockOf(herald.toasts).skipTo(-60_000);
  await sender.change([id], { read: true });
  await expect(herald.toasts).toHaveCount(0);
});

test('the text of a toast can be selected without opening it', async ({ page, herald, sender }) => {
  await herald.open();
  await sender.send({ title: 'Code 4711', message: 'Call the number below' });
  const message = herald.toast('Code 4711').locator('.message');
  // It waits until the toast has arrived.
  await message.hover();
  const { x, y, height } = (await message.boundingBox())!;
  await page.mouse.move(x + 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + height / 2, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => document.getSelection()?.toString())).toMatch(/^Call the/);
  await expect(page).toHaveURL('/');
  await expect(herald.toasts).toHaveCount(1);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('toasts show one at a time with the number of the others, and a swipe dismisses one', async ({
    page,
    herald,
    sender,
  }) => {
    await herald.open();
    await sender.send({ title: 'First' });
    await sender.send({ title: 'Second' });
    await sender.send({ title: 'Third' });
    await expect(herald.toasts).toHaveCount(1);
    await expect(herald.toast('First')).toContainText('+2 more');
    // It waits until the toast has arrived.
    await herald.toast('First').click({ trial: true });
    const { x, y, width } = (await herald.toast('First').boundingBox())!;
    const touch = await page.context().newCDPSession(page);
    for (const [type, at] of [
      ['touchStart', width / 2],
      ['touchMove', width / 2 + 60],
      ['touchMove', width / 2 + 120],
      ['touchEnd', 0],
    ] as const) {
      const touchPoints = type === 'touchEnd' ? [] : [{ x: x + at, y: y + 20 }];
      await touch.send('Input.dispatchTouchEvent', { type, touchPoints });
    }
    await expect(herald.toast('First')).toHaveCount(0);
    await expect(herald.toast('Second')).toContainText('+1 more');
  });
});

/**
 * CPU time in milliseconds that one task of the page may take in a burst; a task blocks everything else. On a slow
 * machine it may be as long as the plain task, which is about twice what the burst needs.
 */
const LONGEST_TASK_MS = 100;

test('a thousand notifications at once leave the page responsive and are counted correctly', async ({
  page,
  herald,
  sender,
}) => {
  await herald.open();
  let sentIn = 0;
  const tasks = await tasksDuring(page, async () => {
    const startedAt = Date.now();
    await sender.sendAtOnce(1000, { priority: 'low' });
    sentIn = Date.now() - startedAt;
    await expect(page).toHaveTitle('(1000) Inbox · Herald', { timeout: 15_000 });
  });

  await expect(page.getByRole('heading', { level: 1 })).toContainText('1,000 unread');
  expect(await herald.toasts.count()).toBeLessThanOrEqual(3);
  const longest = Math.max(...tasks);
  const plain = await plainTaskOn(page);
  test.info().annotations.push({
    type: 'burst',
    description: `1000 in ${sentIn} ms; longest task ${longest.toFixed(1)} ms of CPU, a plain one ${plain.toFixed(1)}`,
  });
  expect(tasks.length).toBeGreaterThan(100);
  expect(longest).toBeLessThan(Math.max(LONGEST_TASK_MS, plain));
});
