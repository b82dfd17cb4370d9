import { useWholeTurns } from '#test/whole-turns.js';
import { MANY, newApp } from '#test/repository/app-repository.contract.js';
import { type Entry, type NotificationDraft, SCHEDULED_MAX, type ScheduledNotification } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { StoredApp } from '../repository/app-repository.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { NotificationsService } from './notifications.service.js';
import { Schedule } from './schedule.js';

const MINUTE = 60_000;
const DRAFT: NotificationDraft = { title: 'Standup', message: 'Now.', priority: 'low', category: 'team' };

describe('Schedule', () => {
  useWholeTurns();
  let store: InMemoryStore;
  let users: InMemoryStore['users'];
  let log: InMemoryStore['notifications'];
  let repository: InMemoryStore['scheduled'];
  let schedule: Schedule;
  let sent: Entry[];

  beforeEach(async () => {
    jest.useFakeTimers();
    store = new InMemoryStore(1000);
    ({ users, notifications: log, scheduled: repository } = store);
    await users.add({ username: 'ada', passwordHash: '', roles: ['admin'], topics: [] });
    await users.add({ username: 'bob', passwordHash: '', roles: [], topics: ['builds'] });
    sent = [];
    log.follow({ appended: ({ entry }) => sent.push(entry) });
    start();
    schedule.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    schedule.onModuleDestroy();
    jest.useRealTimers();
  });

  function start(): void {
    schedule = new Schedule(store, new NotificationsService(log, users, store.apps));
  }

  const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const add = (ms: number, sender = 'ada', fields: Partial<NotificationDraft> = {}): Promise<ScheduledNotification> =>
    schedule.add({ ...DRAFT, ...fields }, inMs(ms), { name: sender });
  const titles = (): unknown[] => sent.map(({ data }) => (data as { title?: string }).title);

  test("sends at the scheduled instant, in the sender's name", async () => {
    const { id, deliverAt } = await add(5 * MINUTE);
    await jest.advanceTimersByTimeAsync(5 * MINUTE - 1);
    expect(sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.data).toMatchObject({ ...DRAFT, sender: 'ada', audience: ['everyone'], createdAt: deliverAt });
    expect(sent[0]!.data).not.toHaveProperty('deliverAt');
    expect(sent[0]!.data.id).not.toBe(id);
    expect((await schedule.list('ada', SCHEDULED_MAX)).items).toEqual([]);
  });

  test("sends for an app, by the app's audience at that instant, and nothing once the app is removed", async () => {
    const app = newApp({ name: 'ci', owner: 'bob', audience: ['user:bob'] });
    const added = (await store.apps.add(app, MANY)) as StoredApp;
    for (const minutes of [1, 2, 3])
      await schedule.add({ ...DRAFT, title: `${minutes}` }, inMs(minutes * MINUTE), { name: 'ci', app: added });
    await jest.advanceTimersByTimeAsync(MINUTE);
    await store.apps.update(added.id, (known) => ({ ...known, audience: ['topic:builds'] }));
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(sent.map(({ data }) => data)).toMatchObject([
      { title: '1', sender: 'ci', owner: 'bob', audience: ['user:bob'] },
      { title: '2', sender: 'ci', audience: ['topic:builds'] },
    ]);
    await store.removeApp(added.id);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(sent).toHaveLength(2);
  });

  test('sends in the order of scheduled instants, with one timer', async () => {
    await add(3 * MINUTE, 'ada', { title: 'c' });
    await add(MINUTE, 'ada', { title: 'a' });
    await add(2 * MINUTE, 'ada', { title: 'b' });
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(3 * MINUTE);
    expect(titles()).toEqual(['a', 'b', 'c']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('sends overdue notifications on start, and drops those that have expired', async () => {
    schedule.onModuleDestroy();
    await add(MINUTE, 'ada', { title: 'late' });
    await add(MINUTE, 'ada', { title: 'expired', expiresAt: inMs(2 * MINUTE) });
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect(sent).toEqual([]);
    start();
    schedule.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
    expect(titles()).toEqual(['late']);
    expect((await schedule.list('ada', SCHEDULED_MAX)).items).toEqual([]);
  });

  test("checks the sender's rights when scheduling", async () => {
    await expect(add(MINUTE, 'bob')).rejects.toMatchObject({ code: 'audience_refused' });
    expect((await schedule.list('ada', SCHEDULED_MAX)).items).toEqual([]);
  });

  test("checks the sender's rights again when sending, and shows the sender the problem", async () => {
    await add(MINUTE, 'bob', { audience: ['topic:builds'] });
    await users.update('bob', (bob) => ({ ...bob, topics: [] }));
    await jest.advanceTimersByTimeAsync(5 * MINUTE);
    expect(sent).toEqual([]);
    expect((await schedule.list('bob', SCHEDULED_MAX)).items).toMatchObject([
      { problem: 'follow the topic builds to send to it' },
    ]);
  });

  test('drops the notifications of a removed account', async () => {
    await add(MINUTE, 'bob', { audience: ['user:ada'] });
    await store.removeAccount('bob');
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(sent).toEqual([]);
    expect((await schedule.list('ada', SCHEDULED_MAX)).items).toEqual([]);
  });

  test('retries after a second when the log fails, and sends the others meanwhile', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await add(MINUTE);
    await add(MINUTE, 'ada', { title: 'beside' });
    await add(MINUTE + 500, 'ada', { title: 'newer' });
    jest.spyOn(repository, 'send').mockRejectedValueOnce(new Error('disk full'));
    await jest.advanceTimersByTimeAsync(MINUTE + 500);
    expect(titles()).toEqual(['beside', 'newer']);
    await jest.advanceTimersByTimeAsync(500);
    expect(titles()).toEqual(['beside', 'newer', 'Standup']);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });

  test("lists a person's own notifications, and all for an administrator", async () => {
    const own = await add(2 * MINUTE, 'bob', { audience: ['user:ada'] });
    const other = await add(MINUTE);
    expect((await schedule.list('bob', SCHEDULED_MAX)).items).toEqual([own]);
    expect((await schedule.list('ada', SCHEDULED_MAX)).items).toEqual([other, own]);
  });

  test('lets only the sender and administrators cancel', async () => {
    const [first, second] = [await add(MINUTE), await add(MINUTE, 'bob', { audience: ['user:ada'] })];
    await expect(schedule.cancel(first.id, 'bob')).rejects.toMatchObject({ code: 'unknown_notification' });
    await schedule.cancel(first.id, 'ada');
    await schedule.cancel(second.id, 'ada');
    await expect(schedule.cancel(first.id, 'ada')).rejects.toMatchObject({ code: 'unknown_notification' });
    await jest.advanceTimersByTimeAsync(5 * MINUTE);
    expect(sent).toEqual([]);
  });

  test('limits the number of notifications of each sender', async () => {
    for (let n = 0; n < SCHEDULED_MAX; n++) await add(MINUTE, 'bob', { audience: ['user:ada'] });
    await expect(add(MINUTE, 'bob', { audience: ['user:ada'] })).rejects.toMatchObject({ code: 'too_many_scheduled' });
    await add(MINUTE);
  });

  test('limits that number for concurrent requests, too', async () => {
    for (let n = 1; n < SCHEDULED_MAX; n++) await add(MINUTE, 'bob', { audience: ['user:ada'] });
    const answers = await Promise.allSettled([1, 2, 3].map(() => add(MINUTE, 'bob', { audience: ['user:ada'] })));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await schedule.list('bob', SCHEDULED_MAX)).items).toHaveLength(SCHEDULED_MAX);
  });
});
