import { PRIORITIES } from '@herald/protocol';
import type { Reader } from '../../src/repository/inbox-repository.js';
import type { Addressed } from '../../src/repository/notification-repository.js';
import type { Store } from '../../src/repository/store.js';

const CHANNELS = ['everyone', 'user:ada', 'role:ops', 'topic:builds'];
/** The person whose inbox is asked. */
export const READER: Reader = { username: 'ada', channels: CHANNELS, muted: ['category-7'] };
/** Other people with notifications of their own. */
const OTHERS = 500;
const VOCABULARY =
  'deploy build backup disk network latency error warning finished started failed version service gateway queue worker cluster node memory report'.split(
    ' ',
  );
const TITLE_WORDS = 3;
const MESSAGE_WORDS = 30;
const BATCH = 500;

/**
 * Stores notifications by the store's own `appendAll`, a third of the reader's read and a twentieth archived.
 * @param interval distance between two notifications of the reader
 */
export async function fill({ notifications, inboxes }: Store, count: number, interval: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => from + n);
    await notifications.appendAll(numbers.map((n) => addressed(n, interval)));
  }
  await inboxes.change(READER, { filter: { view: 'inbox', priority: ['low'] } }, { read: true });
  await inboxes.change(READER, { filter: { view: 'inbox', category: 'category-3' } }, { archived: true });
}

function addressed(n: number, interval: number): Addressed {
  const own = Math.floor(n / interval);
  const channel = n % interval === 0 ? (CHANNELS[own % CHANNELS.length] ?? '') : `user:person-${n % OTHERS}`;
  const data = {
    title: `Build ${n} ${wordsOf(n, TITLE_WORDS)}`,
    message: wordsOf(n * 31, MESSAGE_WORDS),
    priority: PRIORITIES[own % PRIORITIES.length] ?? 'low',
    category: `category-${own % 20}`,
    audience: [channel],
    sender: 'ci',
  };
  return { channels: [channel], entry: { event: 'notification', data } };
}

/** Words that differ between notifications, but not between runs. */
function wordsOf(seed: number, count: number): string {
  return Array.from(
    { length: count },
    (_, i) => VOCABULARY[(Math.imul(seed + i * 7919, 0x9e3779b1) >>> 8) % VOCABULARY.length],
  ).join(' ');
}
