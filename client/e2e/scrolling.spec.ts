import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { InboxReads } from './support/inbox-reads.ts';
import { tasksDuring } from './support/main-thread.ts';

const COUNT = 10_000;
const BATCH = 1000;
/** Main thread budget of one frame at 60 frames a second. */
const FRAME_MS = 1000 / 60;
/** A longer task is felt as a stall (Long Tasks API). */
const LONG_TASK_MS = 50;
/** On a slow machine a frame and the longest task may take this many times as long as those of a plain list. */
const TIMES_A_PLAIN_FRAME = 3;
const TIMES_A_PLAIN_TASK = 8;
const STEPS = 240;
/** Rows that the plain list, of the same height, renders per frame as a baseline for the browser and machine. */
const PLAIN_ROWS = 30;

/** Scrolls down the whole list, one step a frame. @returns the most rows rendered at once */
function scrollThrough(page: Page): Promise<number> {
  return page.evaluate(async (steps) => {
    const list = document.querySelector('cdk-virtual-scroll-viewport')!;
    const end = list.scrollHeight - list.clientHeight;
    let most = 0;
    for (let step = 1; step <= steps; step++) {
      // First half row by row, like a wheel; second half in leaps, like a dragged scroll bar.
      const isLeap = step > steps / 2;
      list.scrollTop = isLeap ? (end * (step - steps / 2)) / (steps / 2) : list.scrollTop + 120;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, list.querySelectorAll('app-notification-row').length);
    }
    return most;
  }, STEPS);
}

/** A list without a framework: rerenders a screen of rows, of the same size as ours, each frame. */
async function scrollPlainList(page: Page): Promise<void> {
  await page.setContent('<ul style="margin:0;padding:0;font:15px/1.5 system-ui"></ul>');
  await page.evaluate(
    async ([steps, rows]) => {
      const list = document.querySelector('ul')!;
      for (let step = 0; step < steps; step++) {
        const items = Array.from({ length: rows }, (_, row) => {
          const item = document.createElement('li');
          for (const text of ['Title', 'This is a test notification!', 'admin', 'test'])
            item.append(Object.assign(document.createElement('div'), { textContent: `${text} ${step} ${row}` }));
          return item;
        });
        list.replaceChildren(...items);
        await new Promise(requestAnimationFrame);
      }
    },
    [STEPS, PLAIN_ROWS] as const,
  );
}

/** Milliseconds of CPU time per frame. */
function busyOf(tasks: readonly number[]): number {
  return tasks.reduce((sum, task) => sum + task, 0) / STEPS;
}

test.describe.configure({ timeout: 120_000 });
// Tracing would record each of ten thousand rows and count in the measurement.
test.use({ trace: 'off' });

test("a page to which ten thousand came counts them, holds about a thousand, and scrolls in less than a frame's time per frame", async ({
  page,
  herald,
  sender,
}) => {
  const plain = await tasksDuring(page, () => scrollPlainList(page));
  const reads = new InboxReads(page);
  await herald.open();
  // Entries sent before the page has read the inbox again would count as a page with more behind it.
  await reads.haveEnded();
  // Batches let the page keep up, so that it receives every entry and fetches none.
  for (let sent = BATCH; sent <= COUNT; sent += BATCH) {
    await sender.sendAtOnce(BATCH, { priority: 'medium' });
    await page.waitForFunction((title) => document.title === title, `(${sent}) Inbox · Herald`);
  }
  const held = await herald.list.evaluate((list) => list.scrollHeight / 84);
  expect(held).toBeGreaterThan(1000);
  expect(held).toBeLessThan(1250);
  await page.keyboard.press('Escape');

  let most = 0;
  const tasks = await tasksDuring(page, async () => {
    most = await scrollThrough(page);
  });
  const [busy, busyPlain] = [busyOf(tasks), busyOf(plain)];
  const [longest, longestPlain] = [Math.max(...tasks), Math.max(...plain)];
  test.info().annotations.push({
    type: 'scrolling',
    description: `${busy.toFixed(1)} ms of CPU a frame, ${busyPlain.toFixed(1)} in a plain list; longest task ${longest.toFixed(1)} ms and ${longestPlain.toFixed(1)}; ${most} rows drawn`,
  });
  expect(tasks.length).toBeGreaterThan(STEPS);
  expect(busy).toBeLessThan(Math.max(FRAME_MS, TIMES_A_PLAIN_FRAME * busyPlain));
  expect(longest).toBeLessThan(Math.max(LONG_TASK_MS, TIMES_A_PLAIN_TASK * longestPlain));
  expect(most).toBeLessThan(60);
});

test('arrivals do not move the row being read, and are counted above it', async ({ page, herald, sender }) => {
  await sender.sendMany(40, { priority: 'medium' });
  await herald.open();
  await herald.has(40);
  await herald.list.evaluate((list) => (list.scrollTop = 1000));
  const title = (await herald.titles())[12]!;
  const row = herald.rows.filter({ has: page.getByRole('heading', { name: new RegExp(`(^|\\s)${title}$`) }) });
  const before = (await row.boundingBox())!.y;
  for (let i = 0; i < 3; i++) await sender.send({ title: 'New at the top' });
  await herald.has(43);
  await expect.poll(async () => Math.abs((await row.boundingBox())!.y - before)).toBeLessThan(1);

  await herald.list.evaluate((list) => (list.scrollTop = 1200));
  await page.getByRole('button', { name: '3 new' }).click();
  await expect.poll(() => herald.list.evaluate((list) => list.scrollTop)).toBe(0);
  await expect(herald.rows.first().getByRole('link')).toBeFocused();
  await expect(page.getByRole('button', { name: '3 new' })).toHaveCount(0);
});

test('the focus moves to the newest row, however late it renders', async ({ page, herald, sender }) => {
  await sender.sendMany(40, { priority: 'medium' });
  await herald.open();
  await herald.has(40);
  await herald.list.evaluate((list) => (list.scrollTop = 2000));
  await sender.send({ title: 'New at the top' });
  await herald.has(41);
  await page.evaluate((lateMs) => {
    const late = (event: Event): void => {
      if (!event.isTrusted) return;
      event.stopImmediatePropagation();
      setTimeout(() => event.target?.dispatchEvent(new Event('scroll')), lateMs);
    };
    addEventListener('scroll', late, { capture: true });
  }, 500);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(herald.rows.first().getByRole('link')).toBeFocused();
});
