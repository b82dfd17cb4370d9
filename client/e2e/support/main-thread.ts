import type { Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** CPU time of the thread, in microseconds. */
  tdur?: number;
  args: { name?: string };
}

/**
 * Milliseconds of CPU time per task on the page's main thread during `work`. Unlike wall time, it excludes other load
 * on the machine.
 */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const isMain = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  return traceEvents
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && isMain.has(threadOf(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

const PLAIN_ROUNDS = 5;

/**
 * Milliseconds of CPU time that the page's main thread takes here and now for a fixed piece of work, as a measure of the
 * machine: parsing a thousand notifications and drawing a row for each. The median of five rounds.
 */
export async function plainTaskOn(page: Page): Promise<number> {
  const tasks = await tasksDuring(page, async () => {
    for (let round = 0; round < PLAIN_ROUNDS; round++) await page.evaluate(plainWork);
  });
  return tasks.sort((a, b) => b - a)[(PLAIN_ROUNDS - 1) / 2]!;
}

function plainWork(): void {
  const one = { title: 'Backup finished', message: 'All 48 volumes, in 12 minutes.', priority: 'low', sender: 'admin' };
  const all = JSON.stringify(Array.from({ length: 1000 }, (_, id) => ({ ...one, id })));
  const list = document.createElement('ul');
  for (const values of JSON.parse(all) as object[]) {
    const row = document.createElement('li');
    for (const value of Object.values(values))
      row.append(Object.assign(document.createElement('div'), { textContent: String(value) }));
    list.append(row);
  }
  document.body.append(list);
  // Reading the height makes the browser lay the rows out in this task.
  if (list.offsetHeight === 0) throw new Error('The rows were not laid out');
  list.remove();
}
