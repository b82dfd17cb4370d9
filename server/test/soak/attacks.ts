import type { NotificationDraft } from '@herald/protocol';
import { connect, type Socket } from 'node:net';

/** The server under attack, and the accounts that attack it. */
export interface Target {
  host: string;
  port: number;
  /** Tokens of two plain users. An attack may use up the rate of either. */
  mallory: string;
  trudy: string;
  /** Token of an administrator, whose sends are unlimited. */
  admin: string;
}

/** A way to keep a server from serving its other clients. Each call runs it once. */
export interface Attack {
  name: string;
  /** The answers include each of these statuses, and no others unless `tolerated`. */
  expected: readonly number[];
  /** Statuses that depend on how fast the machine is. */
  tolerated?: readonly number[];
  /** Stores the data that the attack needs. */
  prepare?(target: Target): Promise<void>;
  /** @param n number of the call @returns the statuses of the answers */
  strike(target: Target, n: number): Promise<number[]>;
}

/** Stands for a connection that the server closed to refuse a body. */
export const CLOSED = 0;
export const PASSWORD = 'correct horse';
const MEGABYTE = 1024 * 1024;
const DRAFT: NotificationDraft = {
  title: 'Noise',
  message: 'm',
  priority: 'low',
  category: 'noise',
  audience: ['user:mallory'],
};
/** As many words of two letters as an address can contain. */
const TWO_LETTER_WORDS = Array.from({ length: 26 }, (_, n) => `x${String.fromCharCode(97 + n)}`);

/** Bodies with a very large number of values. */
const oversizedBodies: Attack = {
  name: 'bodies of millions of values',
  expected: [400],
  tolerated: [CLOSED, 413, 429],
  async strike({ host, trudy }, n) {
    const filled = (item: string, bytes: number): string =>
      `[${Array.from({ length: bytes / (item.length + 1) }, () => item).join(',')}]`;
    const fields = ['actions', 'audience', 'title', 'nonsense'];
    const body = `{"title":"t","message":"m","priority":"low","category":"c","${fields[n % 4]!}":${filled(n % 2 === 0 ? '{}' : '[]', 3.9 * MEGABYTE)}}`;
    const signIn = `{"password":"x","username":${filled('{}', 63 * 1024)}}`;
    return [
      await call(host, 'POST', '/api/notifications/send', trudy, body).catch(() => CLOSED),
      await call(host, 'POST', '/api/auth/login', undefined, signIn).catch(() => CLOSED),
    ];
  },
};

const search: Attack = {
  name: 'searches that nearly match',
  expected: [200, 400],
  async prepare(target) {
    const message = `${'x'.repeat(3600)} ${TWO_LETTER_WORDS.join(' ')}`;
    for (let n = 0; n < 5; n++)
      await sendMany(
        target,
        Array.from({ length: 400 }, () => ({ ...DRAFT, message })),
      );
    for (let n = 0; n < 20; n++)
      await sendMany(
        target,
        Array.from({ length: 1000 }, () => DRAFT),
      );
  },
  async strike({ host, mallory }, n) {
    // The text contains each pair of letters of the last word, but not the word.
    const absent = `xx${String.fromCharCode(97 + (n % 26))}`;
    const words = [...(n % 2 === 0 ? TWO_LETTER_WORDS : TWO_LETTER_WORDS.slice(0, 7)), absent].join(' ');
    const filter = { read: true, filter: { view: 'inbox', q: words }, upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' };
    return [
      await call(host, 'GET', `/api/notifications?q=${encodeURIComponent(words)}`, mallory),
      await call(host, 'GET', `/api/notifications?category=none&q=${encodeURIComponent(words.slice(0, 20))}`, mallory),
      await call(host, 'POST', '/api/notifications/state', mallory, JSON.stringify(filter)),
    ];
  },
};

const expiringTogether: Attack = {
  name: 'thousands that expire at one instant, and batches that replace by key',
  expected: [201],
  tolerated: [400],
  async strike(target, n) {
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const expiring = Array.from({ length: 1000 }, () => ({ ...DRAFT, expiresAt }));
    const keyed = Array.from({ length: 1000 }, (_, key) => ({ ...DRAFT, key: `key-${key}` }));
    return [await sendMany(target, n % 2 === 0 ? expiring : keyed)];
  },
};

const largeState: Attack = {
  name: 'preferences as large as they may be, and state changes by filter, again and again',
  expected: [200],
  tolerated: [429],
  async strike({ host, mallory }, n) {
    const filters = Array.from({ length: 20 }, (_, i) => ({
      name: `filter ${i}`,
      url: `/?q=${String(n).padStart(490, 'y')}`,
    }));
    const categories = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${'c'.repeat(40)}${i}`, 'muted']));
    const preferences = {
      minToast: 'low',
      minSound: 'medium',
      sound: false,
      desktop: false,
      quietHours: null,
      categories,
      filters,
    };
    const filter = { read: n % 2 === 0, filter: { view: 'inbox' }, upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' };
    return [
      await call(host, 'PUT', '/api/preferences', mallory, JSON.stringify(preferences)),
      await call(host, 'POST', '/api/notifications/state', mallory, JSON.stringify(filter)),
    ];
  },
};

const fullSize: Attack = {
  name: 'notifications of full size, as many as the rate allows and beyond',
  expected: [201, 429],
  async prepare({ host, mallory }) {
    await call(host, 'PUT', '/api/auth/me/topics/noise', mallory);
  },
  async strike({ host, mallory }, n) {
    const message = String(n).padStart(4000, 'z');
    const batch = Array.from({ length: 200 }, () => ({ ...DRAFT, message, audience: ['topic:noise', 'user:mallory'] }));
    return [await call(host, 'POST', '/api/notifications/send', mallory, JSON.stringify(batch))];
  },
};

const signIns: Attack = {
  name: 'wrong sign-ins from many networks',
  expected: [401, 503],
  tolerated: [429],
  strike({ host }, n) {
    const attempts = Array.from({ length: 14 }, (_, network) =>
      call(
        host,
        'POST',
        '/api/auth/login',
        undefined,
        JSON.stringify({ username: n % 2 === 0 ? 'admin' : `nobody-${n}`, password: 'wrong' }),
        {
          'X-Forwarded-For': `2001:db8:${n % 100}:${network}::1`,
        },
      ),
    );
    return Promise.all(attempts);
  },
};

const rightfulSignIns: Attack = {
  name: 'right passwords of a plain user, 18 at a time',
  expected: [200],
  tolerated: [429, 503],
  strike({ host }) {
    const body = JSON.stringify({ username: 'mallory', password: PASSWORD });
    return Promise.all(Array.from({ length: 6 }, () => call(host, 'POST', '/api/auth/login', undefined, body)));
  },
};

const scheduledSends: Attack = {
  name: 'scheduled sends of full size, made and cancelled',
  expected: [202],
  tolerated: [204, 429],
  async strike({ host, mallory }, n) {
    const deliverAt = new Date(Date.now() + 3600_000).toISOString();
    const headers = { Authorization: `Bearer ${mallory}`, 'Content-Type': 'application/json' };
    const draft = JSON.stringify({ ...DRAFT, message: String(n).padStart(4000, 'p'), deliverAt });
    const answer = await fetch(`http://${host}/api/notifications/send`, { method: 'POST', headers, body: draft });
    const { id } = (await answer.json()) as { id?: string };
    if (id === undefined || n % 2 === 0) return [answer.status];
    return [answer.status, await call(host, 'DELETE', `/api/notifications/scheduled/${id}`, mallory)];
  },
};

const chosenKeys: Attack = {
  name: 'topics, audiences and idempotency keys that nobody has used before',
  expected: [200, 201],
  // If leaving a topic is refused, topics reach their limit (409), and no more can be joined (403).
  tolerated: [403, 409, 429],
  async strike({ host, mallory }, n) {
    const topic = `topic-${n}`;
    const draft = JSON.stringify({ ...DRAFT, audience: [`topic:${topic}`] });
    return [
      await call(host, 'PUT', `/api/auth/me/topics/${topic}`, mallory),
      await call(host, 'POST', '/api/notifications/send', mallory, draft, { 'Idempotency-Key': `key-${n}` }),
      await call(host, 'DELETE', `/api/auth/me/topics/${topic}`, mallory),
    ];
  },
};

const unreadAnswers: Attack = {
  name: 'requests for the whole inbox on sockets that nobody reads, half headers, and slow bodies',
  expected: [200],
  async strike({ host, port, mallory }, n) {
    const asked = `GET /api/notifications?limit=200 HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${mallory}\r\n\r\n`;
    const slow = `POST /api/auth/login HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{`;
    // A fifth request would close the connection.
    const texts = [asked.repeat(4), asked.slice(0, 40), slow];
    const socket = hold(port, texts[n % 3]!);
    if (socket !== undefined && n % 3 === 0) unread.add(socket);
    return [await call(host, 'GET', '/health/live')];
  },
};

const longPaths: Attack = {
  name: 'paths that look like thousands of tokens, in a debug log',
  expected: [404],
  async strike({ host }, n) {
    return [await call(host, 'GET', `/api/${(n % 2 === 0 ? 'eyJ' : 'token%3D').repeat(1500)}`)];
  },
};

/** In an order in which each attack finds the history of those before it. */
export const ATTACKS: readonly Attack[] = [
  search,
  expiringTogether,
  fullSize,
  oversizedBodies,
  largeState,
  signIns,
  rightfulSignIns,
  scheduledSends,
  chosenKeys,
  unreadAnswers,
  longPaths,
];

const held: Socket[] = [];
const unread = new Set<Socket>();
/** Limit of open sockets. */
const HELD_MAX = 120;

function hold(port: number, text: string): Socket | undefined {
  if (held.length >= HELD_MAX) return undefined;
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(text);
  held.push(socket);
  return socket;
}

/** Number of sockets that do not read their answers and that the server has not closed. */
export function unreadSockets(): number {
  return [...unread].filter(({ closed }) => !closed).length;
}

/** Closes the sockets that the attacks have left open. */
export function releaseAll(): void {
  for (const socket of held.splice(0)) socket.destroy();
}

/** Sends as an administrator's program, which has no rate limit. @returns the status */
function sendMany({ host, admin }: Target, drafts: NotificationDraft[]): Promise<number> {
  return call(host, 'POST', '/api/notifications/send', admin, JSON.stringify(drafts));
}

async function call(
  host: string,
  method: string,
  path: string,
  token?: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const all = {
    ...headers,
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  };
  const response = await fetch(`http://${host}${path}`, { method, headers: all, body });
  await response.arrayBuffer();
  return response.status;
}
