import type { InboxQuery } from '../../src/repository/inbox-repository.js';
import type { Store } from '../../src/repository/store.js';
import { READER } from '../history/fill.js';
import { APPENDED, OWN, STORED, withHistory } from '../history/stored-history.js';
import { figure } from '../report/numbers.js';
import type { PartReport, Target } from '../report/part-report.js';
import { costOfStart, type StartCost } from '../systems/herald.js';
import { STORE_NAMES, type StoreName } from '../systems/stores.js';

const QUERIES = 300;
const LIMIT = 50;
const MAX_P99_MS: Record<StoreName, number> = { 'in memory': 20, SQLite: 20, PostgreSQL: 30 };
const MAX_START_MS = 2000;
const MAX_RESIDENT_MB = 150;

/** Typical queries, and the most expensive ones: they read everything and find nothing. */
const ASKED: Record<string, Omit<InboxQuery, 'limit'>> = {
  'newest page': { filter: { view: 'inbox' } },
  'unread of high priority': { filter: { view: 'inbox', unread: true, priority: ['high'] } },
  archived: { filter: { view: 'archived' } },
  'two words that are everywhere': { filter: { view: 'inbox', q: 'deploy failed' } },
  'a word that is nowhere': { filter: { view: 'all', q: 'zebra' } },
  'a word that is nowhere, of common letters': { filter: { view: 'all', q: 'deployment-backups' } },
  'two letters that are nowhere': { filter: { view: 'all', q: 'zq' } },
  'a category that is nowhere': { filter: { view: 'inbox', category: 'nowhere' } },
  'archived, unread, of a category and a word': {
    filter: { view: 'archived', unread: true, category: 'category-3', q: 'nothing' },
  },
};

interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

interface Measured {
  readonly name: StoreName;
  readonly queries: ReadonlyMap<string, Quantiles>;
  readonly start: StartCost | undefined;
}

/** Queries of a person with 100,000 notifications, a third of them read and a twentieth archived; and starts. */
export async function inbox(): Promise<PartReport[]> {
  const measured: Measured[] = [];
  for (const name of STORE_NAMES) {
    const { open: queries, closed: start } = await withHistory(name, ask, costOfStart);
    measured.push({ name, queries, start });
  }
  return [queriesReport(measured), startReport(measured)];
}

function queriesReport(measured: readonly Measured[]): PartReport {
  const asked = [...(measured[0]?.queries.keys() ?? [])];
  return {
    title: `Inbox: ${OWN.toLocaleString('en')} notifications of one person`,
    method:
      `${QUERIES} queries of each kind, ${LIMIT} items a page, in the process of the store, in four channels, counts included. ` +
      `SQLite and PostgreSQL have ${STORED.toLocaleString('en')} notifications, copied within the database from ${APPENDED.toLocaleString('en')} that were appended.`,
    columns: ['query', ...measured.flatMap(({ name }) => [`${name}: p50 ms`, 'p99 ms'])],
    rows: asked.map((what) => [
      what,
      ...measured.flatMap(({ queries }) =>
        [queries.get(what)?.p50, queries.get(what)?.p99].map((ms = NaN) => figure(ms)),
      ),
    ]),
    targets: measured.map(({ name, queries }): Target => {
      const worst = Math.max(...[...queries.values()].map(({ p99 }) => p99));
      const what = `${name}: p99 of each kind ≤ ${MAX_P99_MS[name]} ms`;
      return { what, measured: `${figure(worst)} ms`, isMet: worst <= MAX_P99_MS[name] };
    }),
    charts: [],
  };
}

function startReport(measured: readonly Measured[]): PartReport {
  const starts = measured.flatMap(({ name, start }) => (start === undefined ? [] : [{ name, ...start }]));
  return {
    title: `Start: ${STORED.toLocaleString('en')} notifications stored`,
    method:
      'From the start of the built process, on both cores, to the first 200 of /health/ready, and its memory then.',
    columns: ['store', 'ready after ms', 'resident MB'],
    rows: starts.map(({ name, ms, residentKb }) => [name, figure(ms), figure(residentKb / 1024)]),
    targets: starts.flatMap(({ name, ms, residentKb }): Target[] => [
      { what: `${name}: ready within ${MAX_START_MS} ms`, measured: `${figure(ms)} ms`, isMet: ms <= MAX_START_MS },
      {
        what: `${name}: ≤ ${MAX_RESIDENT_MB} MB resident`,
        measured: `${figure(residentKb / 1024)} MB`,
        isMet: residentKb <= MAX_RESIDENT_MB * 1024,
      },
    ]),
    charts: [],
  };
}

async function ask(store: Store): Promise<ReadonlyMap<string, Quantiles>> {
  const early = await instantOf(store, 100);
  const asked = { ...ASKED, 'the oldest of all by a filter': { filter: { view: 'all' as const, to: early } } };
  const results = new Map<string, Quantiles>();
  for (const [what, query] of Object.entries(asked)) {
    const times = await timesOf(store, { ...query, limit: LIMIT });
    results.set(what, { p50: quantile(times, 0.5), p99: quantile(times, 0.99) });
  }
  return results;
}

/** Instant at which an early notification to everyone was stored. @param offset in its lane */
async function instantOf({ notifications }: Store, offset: number): Promise<string> {
  const { entries } = await notifications.read('everyone', 'low', offset, 1);
  const [entry] = entries;
  if (entry?.event !== 'notification') throw new Error('The store has no such notification');
  return entry.data.createdAt;
}

/** Duration of each query in milliseconds, ascending. */
async function timesOf({ inboxes }: Store, query: InboxQuery): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < QUERIES; n++) {
    const begin = performance.now();
    await inboxes.page(READER, query);
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b);
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.ceil(ascending.length * share) - 1)] ?? NaN;
}
