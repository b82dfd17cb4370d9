import { PRIORITIES } from '@herald/protocol';
import { InMemoryInboxRepository } from '../../src/repository/in-memory/in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from '../../src/repository/in-memory/in-memory-notification-repository.js';
import type { InboxQuery, Reader } from '../../src/repository/inbox-repository.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';

const STORED = 100_000;
const QUERIES = 300;
const LIMIT = 50;
const MAX_P99_MS = 20;
const CHANNELS = ['everyone', 'user:ada', 'role:ops', 'topic:builds'];
const READER: Reader = { username: 'ada', channels: CHANNELS, muted: ['category-7'] };
const VOCABULARY =
  'deploy build backup disk network latency error warning finished started failed version service gateway queue worker cluster node memory report';
const MESSAGE_WORDS = 30;

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

/** Queries of a person with 100,000 notifications, a third of them read and a twentieth archived. */
export async function inbox(): Promise<PartReport> {
  const { repository, early } = await filled();
  const asked = { ...ASKED, 'the oldest of all by a filter': { filter: { view: 'all' as const, to: early } } };
  const rows: string[][] = [];
  const p99s: number[] = [];
  for (const [what, query] of Object.entries(asked)) {
    const times = await timesOf(repository, { ...query, limit: LIMIT });
    p99s.push(quantile(times, 0.99));
    rows.push([what, figure(quantile(times, 0.5)), figure(quantile(times, 0.99)), figure(times.at(-1) ?? NaN)]);
  }
  const worst = Math.max(...p99s);
  return {
    title: 'Inbox: 100,000 stored notifications for one user',
    method: `${QUERIES} queries of each kind, ${LIMIT} items a page, in the memory of one process, in four channels. Counts included.`,
    columns: ['query', 'p50 ms', 'p99 ms', 'max ms'],
    rows,
    targets: [
      { what: `p99 of each kind below ${MAX_P99_MS} ms`, measured: `${figure(worst)} ms`, isMet: worst < MAX_P99_MS },
    ],
    charts: [],
  };
}

interface Filled {
  readonly repository: InMemoryInboxRepository;
  /** Instant at which the hundredth notification was stored. */
  readonly early: string;
}

async function filled(): Promise<Filled> {
  const log = new InMemoryNotificationRepository(STORED);
  const repository = new InMemoryInboxRepository(log);
  let early = '';
  for (let n = 0; n < STORED; n++) {
    if (n === 100) early = new Date().toISOString();
    const channel = CHANNELS[n % CHANNELS.length] ?? '';
    await log.append([channel], { event: 'notification', data: notification(n, channel) });
  }
  await repository.change(READER, { filter: { view: 'inbox', priority: ['low'] } }, { read: true });
  await repository.change(READER, { filter: { view: 'inbox', category: 'category-3' } }, { archived: true });
  return { repository, early };
}

function notification(n: number, channel: string) {
  return {
    title: `Build ${n} ${wordsOf(n, 3)}`,
    message: wordsOf(n * 31, MESSAGE_WORDS),
    priority: PRIORITIES[n % PRIORITIES.length] ?? 'low',
    category: `category-${n % 20}`,
    audience: [channel],
    sender: 'ci',
  };
}

/** Words that differ between notifications, but not between runs. */
function wordsOf(seed: number, count: number): string {
  const words = VOCABULARY.split(' ');
  return Array.from(
    { length: count },
    (_, i) => words[(Math.imul(seed + i * 7919, 0x9e3779b1) >>> 8) % words.length],
  ).join(' ');
}

/** Duration of each query in milliseconds, ascending. */
async function timesOf(repository: InMemoryInboxRepository, query: InboxQuery): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < QUERIES; n++) {
    const begin = performance.now();
    await repository.page(READER, query);
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b);
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.ceil(ascending.length * share) - 1)] ?? NaN;
}
