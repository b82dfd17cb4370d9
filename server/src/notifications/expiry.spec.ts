import { useWholeTurns } from '#test/whole-turns.js';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import type { LogEntry } from '../repository/notification-repository.js';
import { Expiry } from './expiry.js';
import { NotificationsService } from './notifications.service.js';

const MINUTE = 60_000;

describe('Expiry', () => {
  useWholeTurns();
  let store: InMemoryStore;
  let repository: InMemoryStore['notifications'];
  let service: NotificationsService;
  let expiry: Expiry;
  let retracted: LogEntry[];

  beforeEach(async () => {
    jest.useFakeTimers();
    store = new InMemoryStore(1000);
    const { users } = store;
    await users.add({ username: 'ada', passwordHash: '', roles: ['admin'], topics: [] });
    repository = store.notifications;
    service = new NotificationsService(repository, users, store.apps);
    expiry = new Expiry(store);
    retracted = [];
    repository.follow({
      appended: ({ entry, places }) => {
        if (entry.event === 'retract') retracted.push(...places.map((place) => ({ ...entry, ...place })));
      },
    });
    expiry.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    expiry.onModuleDestroy();
    jest.useRealTimers();
  });

  const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

  async function send(ms: number, audience?: string[]): Promise<string> {
    const draft = {
      title: 'Deploy',
      message: 'Soon.',
      priority: 'low' as const,
      category: 'deploy',
      expiresAt: inMs(ms),
    };
    return (await service.send(audience === undefined ? draft : { ...draft, audience }, { name: 'ada' })).id;
  }

  test('retracts a notification at its expiry, in each of its channels and in its lane', async () => {
    const id = await send(5 * MINUTE, ['everyone', 'user:ada']);
    await jest.advanceTimersByTimeAsync(5 * MINUTE - 1);
    expect(await repository.find(id)).toBeDefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(await repository.find(id)).toBeUndefined();
    expect(retracted.map(({ channel, lane, offset }) => [channel, lane, offset])).toEqual([
      ['everyone', 'low', 2],
      ['user:ada', 'low', 2],
    ]);
    for (const { data } of retracted) expect(data).toMatchObject({ notificationId: id });
  });

  test('sets one timer, for the soonest expiry, in any order of sending', async () => {
    const ids = [await send(3 * MINUTE), await send(MINUTE), await send(2 * MINUTE)];
    expect(jest.getTimerCount()).toBe(1);
    const gone = (): unknown[] => retracted.map(({ data }) => (data as { notificationId: string }).notificationId);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(gone()).toEqual([ids[1]]);
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect(gone()).toEqual([ids[1], ids[2], ids[0]]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('expires a notification within five seconds after the wall clock steps past its expiry', async () => {
    const id = await send(60 * 24 * 60 * MINUTE);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(await repository.find(id)).toBeDefined();
    jest.setSystemTime(Date.now() + 60 * 24 * 60 * MINUTE);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await repository.find(id)).toBeUndefined();
  });

  test('retracts notifications that expired while it was not running', async () => {
    expiry.onModuleDestroy();
    const id = await send(MINUTE);
    await jest.advanceTimersByTimeAsync(2 * MINUTE);
    expect(await repository.find(id)).toBeDefined();
    expiry = new Expiry(store);
    expiry.onModuleInit();
    await jest.advanceTimersByTimeAsync(0);
    expect(await repository.find(id)).toBeUndefined();
  });

  test('retries a failed retraction after a second, and retracts the others meanwhile', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const retract = jest.spyOn(repository, 'retract');
    const [id, other] = [await send(MINUTE), await send(MINUTE)];
    retract.mockRejectedValueOnce(new Error('disk full'));
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect([await repository.find(id), await repository.find(other)]).toEqual([expect.anything(), undefined]);
    await jest.advanceTimersByTimeAsync(1000);
    expect(await repository.find(id)).toBeUndefined();
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });
});
