import { DEFAULT_PREFERENCES, type InboxFilter, type InboxPage, PRIORITIES, VIEWS } from '@herald/protocol';
import type { StoredApp } from '../../src/repository/app-repository.js';
import type { Reader } from '../../src/repository/inbox-repository.js';
import type { NewNotification } from '../../src/repository/notification-repository.js';
import type { Store } from '../../src/repository/store.js';
import { MANY, newApp } from './app-repository.contract.js';
import { ANY_NUMBER, newTemplate } from './app-template-repository.contract.js';
import { entriesIn } from './log-contents.js';
import { notificationOf } from './notification-repository.contract.js';
import { UNLIMITED } from './stored-data.js';

const READERS: readonly Reader[] = [
  { username: 'ada', channels: ['everyone', 'user:ada', 'role:ops', 'topic:Größe'], muted: ['build'] },
  { username: 'bob', channels: ['everyone', 'user:bob'], muted: [] },
];
const CHANNELS = [...new Set(READERS.flatMap(({ channels }) => channels))];
const LATER = '2030-02-01T08:00:00.000Z';
/** Words of all alphabets, whole and in part, alone and together. */
export const SEARCHES = ['live', 'ersio', 've', 'größe', '部署', '部', '😀', 'deploy 42', 'nowhere'];

/** Adds something of everything that a store keeps: more than a page of each kind that grows. */
export async function fillStore(store: Store): Promise<void> {
  await addAccounts(store);
  const ids = await sendAll(store);
  const [ada, bob] = READERS as [Reader, Reader];
  const change = (reader: Reader, from: number, mark: object) =>
    store.inboxes.change(reader, { ids: ids.slice(from, from + 20) }, mark);
  await change(ada, 0, { read: true });
  await change(ada, 10, { archived: true });
  await change(bob, 0, { snoozedUntil: LATER });
  await change(bob, 10, { read: false, acknowledged: true });
  await store.notifications.retract(ids[50]!);
  for (const [n, id] of ids.slice(0, 30).entries()) {
    await store.receipts.answer('ada', id, { label: 'Open', event: `open-${n}`, at: LATER });
  }
  await store.receipts.fetched('bob', ids.slice(100, 130));
  await store.receipts.received('ada', { channel: 'everyone', lane: 'low', from: 3, to: 40 });
  await store.preferences.update('ada', () => ({ ...DEFAULT_PREFERENCES, sound: true }));
  for (let n = 0; n < 12; n++) {
    const scheduled = { ...notificationOf('low'), sender: 'ada', deliverAt: LATER };
    await store.scheduled.add(scheduled, UNLIMITED, requestOf(`planned-${n}`));
  }
  for (let n = 0; n < 12; n++) await addApp(store, n);
  await store.removeAccount('eve');
}

async function addApp(store: Store, n: number): Promise<void> {
  const app = newApp({ name: `app-${n}`, previousKey: { hash: `earlier-${n}`, until: LATER } });
  const added = await store.apps.add(app, MANY);
  const { id } = added as StoredApp;
  await store.templates.put(id, newTemplate({ name: `template-${n}` }), ANY_NUMBER);
  await store.apps.noteUses([{ id, at: LATER, from: '192.0.2.7' }]);
}

async function addAccounts(store: Store): Promise<void> {
  const account = { passwordHash: '$argon2id$…', roles: ['ops'], topics: ['Größe'] };
  const colleagues = Array.from({ length: 120 }, (_, n) => store.users.add({ ...account, username: `colleague-${n}` }));
  await Promise.all(colleagues);
  await store.users.add({ ...account, username: 'eve' });
  await store.users.add({ ...account, username: 'bob', roles: [], topics: [] });
  const signedOut = { 'a session': 1_900_000_000_000 };
  await store.users.add({ ...account, username: 'ada', generation: 3, signedOut, knownNetworks: ['192.0.2.0/24'] });
}

/** @returns the ids of some hundred notifications, in lanes and channels of all kinds */
async function sendAll(store: Store): Promise<string[]> {
  const items = Array.from({ length: 260 }, (_, n) => {
    const channel = CHANNELS[n % CHANNELS.length]!;
    const audience = n % 7 === 0 ? [channel, `topic:team-${n}`] : [channel];
    const data: NewNotification = {
      ...notificationOf(PRIORITIES[n % PRIORITIES.length]),
      ...(n % 2 === 0 && { message: `Version ${n} hat die Größe 部署 😀` }),
      ...(n % 3 === 0 && { key: `key-${n % 60}`, expiresAt: LATER }),
      ...(n % 5 === 0 && { requiresAck: true, category: 'build', tags: ['nightly'], data: { n, of: ['größe', null] } }),
      audience,
    };
    return { channels: audience, entry: { event: 'notification' as const, data } };
  });
  const keyed = items.splice(0, 15).map((item, n) => store.notifications.appendAll([item], requestOf(`sent-${n}`)));
  const stored = [...(await Promise.all(keyed)).flat(), ...(await store.notifications.appendAll(items))];
  return stored.map(({ entry }) => entry.data.id);
}

const requestOf = (key: string) => ({ sender: 'ada', key, digest: 'a digest', bytes: 100, until: LATER });

/** Answers of the ports, by what they are about. */
export type Contents = Readonly<Record<string, unknown>> & {
  /** A page of each reader for each of the `SEARCHES`. */
  readonly found: readonly (readonly InboxPage[])[];
};

/** Everything that the ports tell of a filled store. */
export async function contentsOf(store: Store): Promise<Contents> {
  const sent = await store.notifications.sentBy(['ada'], 1000);
  const ids = sent.map(({ id }) => id);
  const each = <Item, Result>(items: readonly Item[], read: (item: Item) => Promise<Result>): Promise<Result[]> =>
    Promise.all(items.map(read));
  const lanes = CHANNELS.flatMap((channel) => PRIORITIES.map((lane) => [channel, lane] as const));
  const pagesOf = (filter: InboxFilter) =>
    each(READERS, (reader) => store.inboxes.page(reader, { filter, limit: 200 }));
  return {
    id: store.id,
    heads: await store.notifications.heads(CHANNELS),
    entries: await each(lanes, ([channel, lane]) => entriesIn(store.notifications, channel, lane, 1, 1000)),
    sent,
    nextExpiry: await store.notifications.nextExpiry(''),
    accounts: await store.users.list(1000),
    names: await store.users.namesLike('', 1000),
    isNameOfEveFree: await store.users.add({ username: 'eve', passwordHash: '', roles: [], topics: [] }),
    inboxes: await each(VIEWS, (view) => pagesOf({ view })),
    found: await each(SEARCHES, (q) => pagesOf({ view: 'all', q })),
    marks: await each(ids, (id) => store.inboxes.marksOf(id)),
    snoozes: [await store.inboxes.nextSnoozeEnd(''), await store.inboxes.sleepersBy(LATER, 10)],
    preferences: await each(READERS, ({ username }) => store.preferences.find(username)),
    recipients: await each(ids, async (id) => {
      const { count, usernames } = (await store.receipts.recipientsOf(id))!;
      return { count, usernames };
    }),
    receivers: await each(ids, async (id) => (await store.receipts.receiversOf(id)).toSorted()),
    answers: await each(ids, (id) => store.receipts.answersOf(id)),
    requests: await each(['sent-0', 'sent-14', 'planned-11'], (key) => store.requests.find('ada', key)),
    scheduled: await store.scheduled.list({ limit: 100 }),
    apps: await store.apps.list({ limit: 100 }),
    templates: await each(await store.apps.list({ limit: 100 }), ({ id }) => store.templates.list(id)),
    versionOfApps: await store.apps.version(),
  };
}
