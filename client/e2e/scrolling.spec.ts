import { expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { tasksDuring } from './main-thread.ts';

const COUNT = 10_000;
const BATCH = 1000;
/** Of the page's main thread for one frame at 60 frames a second. */
const FRAME_MS = 1000 / 60;
/** What is longer is felt as a stop (Long Tasks API). */
const LONG_TASK_MS = 50;
/** On a slow machine a frame, and the longest task, may take this many times as long as those of a plain list. */
const TIMES_A_PLAIN_FRAME = 3;
const TIMES_A_PLAIN_TASK = 8;
const STEPS = 240;
/** Rows that a plain list of the same height draws in each frame, to measure the browser and the machine with. */
const PLAIN_ROWS = 30;

/** Scrolls some way on in each of many frames, through all of the list and back. @returns rows that were drawn at most */
function scrollThrough(page: Page): Promise<number> {
  return page.evaluate(async (steps) => {
    const list = document.querySelector('cdk-virtual-scroll-viewport')!;
    const end = list.scrollHeight - list.clientHeight;
    let most = 0;
    for (let step = 1; step <= steps; step++) {
      // Half of the way like a wheel, row by row; the other half in leaps, like a dragged scroll bar.
      const isLeap = step > steps / 2;
      list.scrollTop = isLeap ? (end * (step - steps / 2)) / (steps / 2) : list.scrollTop + 120;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, list.querySelectorAll('app-notification-row').length);
    }
    return most;
  }, STEPS);
}

/** A list without a framework: in each of many frames it draws a screen of rows anew, of the same size as ours. */
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

/** Milliseconds of CPU a frame. */
function busyOf(tasks: readonly number[]): number {
  return tasks.reduce((sum, task) => sum + task, 0) / STEPS;
}

test.describe.configure({ timeout: 120_000 });
// It would record each of ten thousand rows, and be measured with them.
test.use({ trace: 'off' });

test('ten thousand rows scroll at 60 frames a second: a frame takes the page less than its time', async ({
  page,
  herald,
  sender,
}) => {
  const plain = await tasksDuring(page, () => scrollPlainList(page));
  await herald.open();
  // It reads the inbox once more when it is live; what is sent before that is over would be read as a page, with more behind it.
  await page.waitForLoadState('networkidle');
  // The page keeps up, so that it has every one of them and need not read any again.
  for (let sent = BATCH; sent <= COUNT; sent += BATCH) {
    await sender.sendAtOnce(BATCH, { priority: 'medium' });
    await page.waitForFunction((title) => document.title === title, `(${sent}) Inbox · Herald`);
  }
  await herald.has(COUNT);
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

test('what arrives while one reads further down does not move what is read, and is counted above it', async ({
  page,
  herald,
  sender,
}) => {
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

test('the focus follows to the newest row however late that row is drawn', async ({ page, herald, sender }) => {
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
