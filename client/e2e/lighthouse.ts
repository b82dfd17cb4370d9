import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { findFullBrowser, HOW_TO_GET_CHROMIUM } from './support/chromium.ts';
import { freePorts, HeraldServer } from './support/herald-server.ts';
import { Sender } from './support/sender.ts';

/**
 * `npm run lighthouse`: Google's Lighthouse on the built page, each run as a first visit. Fails when a score is below
 * 95. Times depend on this machine and mean something only while it is idle.
 */
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const METRICS = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
];
const SCORE_MIN = 95;
/** The run with the median performance counts. */
const RUNS = 3;
/** Tracing started after the navigation, so the result says nothing about the page. */
const NOT_RECORDED = 'NO_NAVSTART';

interface Visit {
  page: string;
  /** Environment of the server. */
  variables: Record<string, string>;
  path: string;
}

const VISITS: Visit[] = [
  // The demo account signs in automatically.
  { page: 'inbox', variables: {}, path: '/' },
  { page: 'sign-in', variables: { ADMIN_PASSWORD: 'of-its-own-and-long' }, path: '/sign-in' },
];

async function main(): Promise<number> {
  const executablePath = findFullBrowser();
  if (executablePath === undefined) throw new Error(`There is no Chromium here; ${HOW_TO_GET_CHROMIUM}.`);
  const [port] = await freePorts();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  });
  try {
    const results: Result[] = [];
    for (const visit of VISITS) results.push(...(await look(visit, port)));
    const tooLow = results.flatMap(shortcomings);
    for (const line of tooLow) console.log(line);
    return tooLow.length > 0 ? 1 : 0;
  } finally {
    await browser.close();
  }
}

/** Measures one page as on a phone and as on a desktop. */
async function look({ page, variables, path }: Visit, port: number): Promise<Result[]> {
  const server = await HeraldServer.start(variables);
  try {
    if (path === '/') await fill(server);
    const results: Result[] = [];
    for (const device of ['mobile', 'desktop'] as const) {
      const runs: Result[] = [];
      while (runs.length < RUNS) runs.push(await run(server.pageUrl + path, port, device));
      const middle = runs.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'))[Math.floor(RUNS / 2)]!;
      console.log(
        [
          page.padEnd(8),
          device.padEnd(8),
          ...CATEGORIES.map((id) => `${id} ${scoreOf(middle, id)}`),
          ...METRICS.map((id) => metricOf(middle, id)),
        ].join(' | '),
      );
      results.push(middle);
    }
    return results;
  } finally {
    await server.stop();
  }
}

async function fill(server: HeraldServer): Promise<void> {
  const sender = await Sender.signIn(server);
  for (const priority of ['low', 'medium', 'high'] as const) await sender.sendMany(8, { priority, category: priority });
}

/** Retries once when the trace missed the start. */
async function run(url: string, port: number, device: 'mobile' | 'desktop', isAgain = false): Promise<Result> {
  const answer = await lighthouse(
    url,
    { port, onlyCategories: CATEGORIES, logLevel: 'error' },
    device === 'desktop' ? desktopConfig : undefined,
  );
  if (answer === undefined) throw new Error(`Lighthouse says nothing of ${url}`);
  const { runtimeError } = answer.lhr;
  if (runtimeError?.code === NOT_RECORDED && !isAgain) return run(url, port, device, true);
  if (runtimeError !== undefined) throw new Error(runtimeError.message);
  return answer.lhr;
}

function scoreOf({ categories }: Result, id: string): number {
  return Math.round((categories[id]?.score ?? 0) * 100);
}

function metricOf({ audits }: Result, id: string): string {
  return `${audits[id]?.title ?? id} ${audits[id]?.displayValue ?? '?'}`;
}

/** A line for each score that is too low, with the failing audits. */
function shortcomings(result: Result): string[] {
  return CATEGORIES.filter((id) => scoreOf(result, id) < SCORE_MIN).map((id) => {
    const refs = result.categories[id]?.auditRefs ?? [];
    const failing = refs
      .flatMap(({ id: audit }) => result.audits[audit] ?? [])
      .filter(({ score }) => score !== null && score < 0.9);
    return `${result.finalDisplayedUrl}: ${id} ${scoreOf(result, id)} < ${SCORE_MIN}: ${failing.map(({ title, displayValue }) => `${title} ${displayValue ?? ''}`.trim()).join('; ')}`;
  });
}

process.exitCode = await main();
