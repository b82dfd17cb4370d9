import { entriesIn } from '#test/repository/log-contents.js';
import { heapBytes } from '#test/collect-garbage.js';
import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { DEFAULT_PREFERENCES, type Notification } from '@herald/protocol';
import { newId } from '../new-id.js';
import { InMemoryInboxRepository } from './in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { StoredLanes } from './stored-lanes.js';

const MB = 1024 * 1024;

describe('a history that is full', () => {
  async function store(
    log: InMemoryNotificationRepository,
    facts: Partial<Notification>,
    channels = ['everyone'],
  ): Promise<string> {
    const data = { ...notificationOf('low'), ...facts };
    return (await log.append(channels, { event: 'notification', data })).entry.data.id;
  }

  const isThere = async (log: InMemoryNotificationRepository, id: string): Promise<boolean> =>
    (await log.find(id)) !== undefined;

  test('drops the oldest notifications of the largest sender, and keeps those of others', async () => {
    const log = new InMemoryNotificationRepository(100);
    const quiet = [await store(log, { sender: 'bob' }), await store(log, { sender: 'eve' })];
    const loud: string[] = [];
    for (let n = 0; n < 300; n++) loud.push(await store(log, { sender: 'ada' }));
    expect(await Promise.all(quiet.map((id) => isThere(log, id)))).toEqual([true, true]);
    expect(await Promise.all(loud.map((id) => isThere(log, id)))).toEqual(loud.map((_, n) => n >= 300 - 98));
  });

  test('counts the notifications of apps in the share of their owner', async () => {
    const log = new InMemoryNotificationRepository(100);
    const quiet: string[] = [];
    for (let n = 0; n < 40; n++) quiet.push(await store(log, { sender: 'bob' }));
    for (let n = 0; n < 300; n++) await store(log, { sender: `app-${n % 10}`, owner: 'ada', key: `${n % 100}` });
    expect(await Promise.all(quiet.map((id) => isThere(log, id)))).toEqual(quiet.map(() => true));
  });

  test('drops by memory as well', async () => {
    const log = new InMemoryNotificationRepository(1000, MB);
    const small: string[] = [];
    for (let n = 0; n < 100; n++) small.push(await store(log, { sender: 'bob' }));
    for (let n = 0; n < 300; n++) await store(log, { sender: 'ada', message: 'm'.repeat(4000) });
    expect(await Promise.all(small.map((id) => isThere(log, id)))).toEqual(small.map(() => true));
  });

  test('keeps lanes dense: a retraction replaces an entry that was dropped before older ones', async () => {
    const log = new InMemoryNotificationRepository(10);
    const quiet = await store(log, { sender: 'bob' });
    const loud: string[] = [];
    for (let n = 0; n < 15; n++) loud.push(await store(log, { sender: 'ada', message: 'm'.repeat(4000) }));
    const entries = await entriesIn(log, 'everyone', 'low', 1, 100);
    expect(entries.map(({ offset }) => offset)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    expect(entries.map(({ data }) => data.id)).toEqual([quiet, ...loud]);
    expect(entries[1]).toEqual({
      channel: 'everyone',
      lane: 'low',
      offset: 2,
      event: 'retract',
      data: { id: loud[0], lane: 'low', notificationId: loud[0] },
    });
  });

  test('keeps only the content of the latest preferences', async () => {
    const log = new InMemoryNotificationRepository(1000);
    const data = { lane: 'medium', preferences: DEFAULT_PREFERENCES } as const;
    const ids: string[] = [];
    for (let n = 0; n < 3; n++)
      ids.push((await log.append(['user:ada'], { event: 'preferences', data })).entry.data.id);
    const entries = await entriesIn(log, 'user:ada', 'medium', 1, 10);
    expect(entries.map(({ event, offset, data }) => [event, offset, data.id])).toEqual([
      ['retract', 1, ids[0]],
      ['retract', 2, ids[1]],
      ['preferences', 3, ids[2]],
    ]);
  });

  test('drops the oldest states of the person with the most, and keeps those of others', async () => {
    const log = new InMemoryNotificationRepository(100);
    const change = async (username: string): Promise<string> => {
      const counts = { unread: 0, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 };
      const data = { lane: 'medium' as const, ids: [newId()], read: true, counts };
      return (await log.append([`user:${username}`], { event: 'state', data })).entry.data.id;
    };
    const quiet: string[] = [];
    const loud: string[] = [];
    for (let n = 0; n < 10; n++) quiet.push(await change('bob'));
    for (let n = 0; n < 300; n++) loud.push(await change('ada'));
    const idsOf = async (channel: string): Promise<string[]> =>
      (await entriesIn(log, channel, 'medium', 1, 1000)).map(({ data }) => data.id);
    expect(await idsOf('user:bob')).toEqual(quiet);
    expect(await idsOf('user:ada')).toEqual(loud.slice(-90));
  });

  test('stays within its memory when preferences, states and large notifications are stored again and again', async () => {
    const budget = 4 * MB;
    const log = new InMemoryNotificationRepository(100_000, budget);
    const inbox = new InMemoryInboxRepository(log);
    const ada = { username: 'ada', channels: ['everyone'], muted: [] };
    const categories = (round: number) =>
      Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${'c'.repeat(30)}-${round}-${n}`, 'toast' as const]));
    const round = async (n: number): Promise<void> => {
      const preferences = { ...DEFAULT_PREFERENCES, categories: categories(n) };
      await log.append(['user:ada'], { event: 'preferences', data: { lane: 'medium', preferences } });
      // Not in its message, which would be prepared for searches.
      await store(log, { url: `${n}${'€'.repeat(7800)}` });
      if (n % 20 === 0) await inbox.change(ada, { filter: { view: 'all' } }, { read: n % 40 === 0 });
    };
    for (let n = 0; n < 400; n++) await round(n);
    const before = heapBytes();
    for (let n = 400; n < 1400; n++) await round(n);
    expect(heapBytes() - before).toBeLessThan(budget / 2);
  });

  test('finds the remaining notifications by text, and no dropped ones', async () => {
    const log = new InMemoryNotificationRepository(100);
    const inbox = new InMemoryInboxRepository(log);
    const ada = { username: 'ada', channels: ['everyone'], muted: [] };
    const quiet = await store(log, { sender: 'bob', message: 'needle' });
    for (let n = 0; n < 3000; n++) await store(log, { sender: 'ada', message: `hay ${n}` });
    const idsOf = async (q: string): Promise<string[]> =>
      (await inbox.page(ada, { filter: { view: 'all', q }, limit: 10 })).items.map(({ id }) => id);
    expect(await idsOf('needle')).toEqual([quiet]);
    expect(await idsOf('hay 2999')).toHaveLength(1);
    expect(await idsOf('hay 100')).toEqual([]);
  });

  test('forgets topics without notifications', async () => {
    const log = new InMemoryNotificationRepository(10);
    for (let n = 0; n < 100; n++) await store(log, {}, [`topic:${n}`]);
    expect(log.index.listCount).toBeLessThanOrEqual(11);
  });
});

describe('lanes without an entry', () => {
  test('are kept up to a number, and start again behind all dropped ones', () => {
    const lanes = new StoredLanes();
    const fill = (channel: string, count: number): number => {
      const lane = lanes.open(channel, 'low');
      for (let n = 0; n < count; n++) lane.add(channel, 'low', { event: 'notification', data: notificationOf('low') });
      lane.trimTo(lane.head);
      lanes.noteTrimmed(channel, 'low');
      return lane.head;
    };
    expect(fill('topic:first', 7)).toBe(7);
    for (let n = 0; n < 11_000; n++) fill(`topic:${n}`, 1);
    expect(lanes.size).toBeLessThanOrEqual(10_000);
    expect(lanes.find('topic:first', 'low')).toBeUndefined();
    expect(fill('topic:first', 1)).toBeGreaterThan(7);
  });
});
