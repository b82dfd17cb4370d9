import { entriesIn } from '#test/repository/log-contents.js';
import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { useWholeTurns } from '#test/whole-turns.js';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { InboxRepository } from '../repository/inbox-repository.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import type { NotificationRepository } from '../repository/notification-repository.js';
import type { PreferencesRepository } from '../repository/preferences-repository.js';
import type { UserRepository } from '../repository/user-repository.js';
import { InboxService } from './inbox.service.js';
import { Readers } from './readers.js';
import { SnoozeAlarm } from './snooze-alarm.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('SnoozeAlarm', () => {
  useWholeTurns();
  let stored: InMemoryStore;
  let log: NotificationRepository;
  let repository: InboxRepository;
  let users: UserRepository;
  let preferences: PreferencesRepository;
  let alarm: SnoozeAlarm;
  let service: InboxService;
  let ids: string[];

  beforeEach(async () => {
    jest.useFakeTimers();
    stored = new InMemoryStore(1000);
    ({ users, notifications: log, inboxes: repository, preferences } = stored);
    for (const username of ['ada', 'bob']) await users.add({ username, passwordHash: '', roles: [], topics: [] });
    const readers = new Readers(users, preferences);
    alarm = new SnoozeAlarm(stored, readers);
    service = new InboxService(repository, readers, alarm, stored.receipts);
    ids = [await store('everyone'), await store('everyone'), await store('everyone')];
    alarm.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    alarm.onModuleDestroy();
    jest.useRealTimers();
  });

  async function store(channel: string): Promise<string> {
    return (await log.append([channel], { event: 'notification', data: notificationOf('low') })).entry.data.id;
  }

  function snooze(ms: number, ...nth: number[]): Promise<unknown> {
    const snoozedUntil = new Date(Date.now() + ms).toISOString();
    return service.change('ada', { ids: nth.map((n) => ids[n]!) }, { read: true, snoozedUntil });
  }

  /** Ids in the inbox that are unread, newest first. */
  async function unread(username = 'ada'): Promise<string[]> {
    const { items } = await service.page(username, { filter: { view: 'inbox', unread: true }, limit: 10 });
    return items.map(({ id }) => id);
  }

  test('returns a notification unread when its snooze ends, with an entry for every tab', async () => {
    await snooze(HOUR, 0);
    await jest.advanceTimersByTimeAsync(HOUR - 1);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
    const [, entry] = await entriesIn(log, 'user:ada', 'medium', 1, 10);
    const counts = { unread: 3, inbox: 3, archived: 0, snoozed: 0, unconfirmed: 0 };
    expect(entry?.data).toEqual({
      id: expect.any(String),
      lane: 'medium',
      ids: [ids[0]],
      read: false,
      snoozedUntil: null,
      counts,
    });
  });

  test('sets one timer, for the soonest end of a snooze', async () => {
    await snooze(2 * HOUR, 0);
    await snooze(HOUR, 1, 2);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('ends a snooze within five seconds after the wall clock steps past its end', async () => {
    await snooze(60 * DAY, 0);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    jest.setSystemTime(Date.now() + 60 * DAY);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
  });

  test('does not fire for a cancelled snooze', async () => {
    await snooze(HOUR, 0);
    await service.change('ada', { ids: [ids[0]!] }, { snoozedUntil: null });
    await service.change('ada', { ids: [ids[0]!] }, { read: true });
    await jest.advanceTimersByTimeAsync(2 * HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    expect(jest.getTimerCount()).toBe(0);
  });

  /** Runs `act` after the alarm has looked up due snoozes, and before it ends any. */
  function whileItRings(act: () => Promise<unknown>): void {
    const look = users.find.bind(users);
    jest.spyOn(users, 'find').mockImplementationOnce(async (username) => {
      await act();
      return look(username);
    });
  }

  test('keeps a snooze that is renewed while the alarm fires, and ends it at its new time', async () => {
    await snooze(HOUR, 0, 1);
    whileItRings(() => snooze(HOUR, 0));
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
  });

  test('keeps a notification read if its snooze is cancelled while the alarm fires', async () => {
    await snooze(HOUR, 0);
    whileItRings(() => service.change('ada', { ids: [ids[0]!] }, { read: true, snoozedUntil: null }));
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
  });

  test('ends the snooze of a notification in a channel the person left, and shows it when they rejoin', async () => {
    const follow = (...topics: string[]): Promise<unknown> => users.update('ada', (ada) => ({ ...ada, topics }));
    await follow('builds');
    const id = await store('topic:builds');
    await service.change('ada', { ids: [id] }, { read: true, snoozedUntil: new Date(Date.now() + HOUR).toISOString() });
    await follow();
    await service.change('ada', { ids: [id] }, { snoozedUntil: null });
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(jest.getTimerCount()).toBe(0);
    const states = (await entriesIn(log, 'user:ada', 'medium', 1, 10)).length;
    expect(states).toBe(1);
    await follow('builds');
    expect(await unread()).toEqual([id, ids[2], ids[1], ids[0]]);
  });

  test("ends the snoozes of others when one person's account is removed", async () => {
    await service.change('bob', { ids: [ids[0]!] }, { snoozedUntil: new Date(Date.now() + HOUR).toISOString() });
    await snooze(HOUR, 0);
    await stored.removeAccount('bob');
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('retries after a second when the store fails', async () => {
    await snooze(HOUR, 0);
    jest.spyOn(repository, 'sleepersBy').mockRejectedValueOnce(new Error('disk on fire'));
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await jest.advanceTimersByTimeAsync(HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    expect(logged).toHaveBeenCalledWith(new Error('disk on fire'));
    await jest.advanceTimersByTimeAsync(1000);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
  });

  test('ends due snoozes when the server starts, and none after it stops', async () => {
    await snooze(HOUR, 0);
    alarm.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(2 * HOUR);
    expect(await unread()).toEqual([ids[2], ids[1]]);
    const restarted = new SnoozeAlarm(stored, new Readers(users, preferences));
    restarted.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
    expect(await unread()).toEqual([ids[2], ids[1], ids[0]]);
    restarted.onModuleDestroy();
  });
});
