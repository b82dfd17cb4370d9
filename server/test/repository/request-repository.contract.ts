import { jest } from '@jest/globals';
import { newId } from '../../src/repository/new-id.js';
import { type KeyedRequest, RequestDone, ticketsOf } from '../../src/repository/request-repository.js';
import type { Store } from '../../src/repository/store.js';
import { headOf } from './log-contents.js';
import { entryOf, notificationOf } from './notification-repository.contract.js';
import { type CreateData, openNew, type StoredData, UNLIMITED } from './stored-data.js';

const HOUR_MS = 3_600_000;
const LIMITS = { bytes: 1000, bytesOfAll: 2500, reserved: 100 };

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeRequestRepository(name: string, create: CreateData): void {
  describe(`${name} as a RequestRepository`, () => {
    let store: Store;

    beforeEach(async () => {
      store = await openNew(create);
    });

    const requestOf = (fields: Partial<KeyedRequest> = {}): KeyedRequest => ({
      sender: 'ada',
      key: 'deploy-42',
      digest: 'a digest',
      bytes: 100,
      until: new Date(Date.now() + HOUR_MS).toISOString(),
      ...fields,
    });

    const send = (fields: Partial<KeyedRequest> = {}, of = store) =>
      of.notifications.append(['everyone'], entryOf('low'), requestOf(fields));

    const sentCount = async (): Promise<number> => (await headOf(store.notifications, 'everyone', 'low')).offset;

    test('keeps a request with the notifications that it stored, in their order', async () => {
      const request = requestOf();
      const items = ['first', 'second'].map((title) => ({
        channels: ['everyone'],
        entry: { event: 'notification' as const, data: { ...notificationOf('low'), title } },
      }));
      const stored = await store.notifications.appendAll(items, request);
      const answers = stored.map(({ entry }) => entry.data);
      expect(await store.requests.find('ada', 'deploy-42')).toEqual({ ...request, answers });
      for (const { entry } of stored) await store.notifications.retract(entry.data.id);
      expect((await store.requests.find('ada', 'deploy-42'))?.answers).toEqual(answers);
    });

    test('keeps a request with the scheduled notification that it stored', async () => {
      const scheduled = { ...notificationOf('low'), sender: 'ada', deliverAt: '2030-01-01T00:00:00.000Z' };
      await store.scheduled.add(scheduled, UNLIMITED, requestOf());
      expect((await store.requests.find('ada', 'deploy-42'))?.answers).toEqual([scheduled]);
      const again = { ...scheduled, id: newId() };
      await expect(store.scheduled.add(again, UNLIMITED, requestOf())).rejects.toThrow(RequestDone);
      expect(await store.scheduled.list({ limit: 10 })).toEqual([scheduled]);
    });

    test('stores nothing for a request that was carried out, even for two at once', async () => {
      const results = await Promise.allSettled([send(), send(), send({ digest: 'another' })]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
      await expect(send()).rejects.toThrow(RequestDone);
      expect(await sentCount()).toBe(1);
    });

    test('keeps no request that stored nothing', async () => {
      const scheduled = { ...notificationOf('low'), sender: 'ada', deliverAt: '2030-01-01T00:00:00.000Z' };
      expect(await store.scheduled.add(scheduled, { ...UNLIMITED, bytes: 1 }, requestOf())).toBe('bytes');
      expect(await store.requests.find('ada', 'deploy-42')).toBeUndefined();
    });

    test('keeps a request that stores nothing else once, of two at once, and for another handle', async () => {
      const data: StoredData = await create(1000);
      const [one, other] = [await data.open(), await data.open()];
      const request = requestOf({ digest: '' });
      const results = await Promise.allSettled([one, one, other].map(({ requests }) => requests.keep(request)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(other.requests.keep(request)).rejects.toThrow(RequestDone);
      expect(await other.requests.find('ada', 'deploy-42')).toEqual({ ...request, answers: [] });
      await one.requests.keep(requestOf({ key: 'deploy-43' }));
    });

    test('keeps a request again once it has expired, and gives its room to others', async () => {
      const until = (): string => new Date(Date.now() + HOUR_MS).toISOString();
      await store.requests.keep(requestOf({ bytes: 900 }));
      expect(await store.requests.msUntilRoom('ada', 200, LIMITS)).toBeGreaterThan(0);
      jest.useFakeTimers({ now: Date.now() + HOUR_MS, doNotFake: ['nextTick', 'setImmediate'] });
      try {
        expect(await store.requests.msUntilRoom('ada', 200, LIMITS)).toBe(0);
        await store.requests.keep(requestOf({ until: until() }));
        await expect(store.requests.keep(requestOf({ until: until() }))).rejects.toThrow(RequestDone);
      } finally {
        jest.useRealTimers();
      }
    });

    test('makes room for a sender by their own expired requests, whatever others have', async () => {
      const others = Array.from({ length: 1000 }, (_, n) => requestOf({ key: String(n), bytes: 1 }));
      await Promise.all([...others, requestOf({ sender: 'zoe', bytes: 900 })].map((one) => store.requests.keep(one)));
      jest.useFakeTimers({ now: Date.now() + HOUR_MS, doNotFake: ['nextTick', 'setImmediate'] });
      try {
        expect(await store.requests.msUntilRoom('zoe', 1000, LIMITS)).toBe(0);
      } finally {
        jest.useRealTimers();
      }
    });

    test('makes room for a sender by expired requests of others, within the limit of all', async () => {
      await store.requests.keep(requestOf({ sender: 'zoe', bytes: 2400 }));
      await store.requests.keep(requestOf({ until: new Date(Date.now() + 3 * HOUR_MS).toISOString() }));
      expect(await store.requests.msUntilRoom('ada', 100, LIMITS)).toBeGreaterThan(HOUR_MS);
      jest.useFakeTimers({ now: Date.now() + HOUR_MS, doNotFake: ['nextTick', 'setImmediate'] });
      try {
        expect(await store.requests.msUntilRoom('ada', 100, LIMITS)).toBe(0);
      } finally {
        jest.useRealTimers();
      }
    });

    test('distinguishes senders and keys', async () => {
      await send();
      await send({ key: 'deploy-43' });
      await send({ sender: 'bob' });
      await send({ sender: 'ada deploy', key: '42' });
      expect(await sentCount()).toBe(4);
      for (const key of ['constructor', '__proto__', 'deploy-4'])
        expect(await store.requests.find('ada', key)).toBeUndefined();
    });

    test('finds a request until its instant has passed, and then carries it out again', async () => {
      await send();
      jest.useFakeTimers({ now: Date.now() + HOUR_MS, doNotFake: ['nextTick', 'setImmediate'] });
      try {
        expect(await store.requests.find('ada', 'deploy-42')).toBeUndefined();
        await send({ digest: 'another' });
        expect(await store.requests.find('ada', 'deploy-42')).toMatchObject({ digest: 'another' });
      } finally {
        jest.useRealTimers();
      }
    });

    test('tells a sender how long to wait for room, within its own limit and that of all', async () => {
      const msUntilRoom = (sender: string, bytes: number) => store.requests.msUntilRoom(sender, bytes, LIMITS);
      expect(await msUntilRoom('ada', 1000)).toBe(0);
      await send({ bytes: 900 });
      expect(await msUntilRoom('ada', 100)).toBe(0);
      const waitMs = await msUntilRoom('ada', 101);
      expect(waitMs).toBeGreaterThan(HOUR_MS - 60_000);
      expect(waitMs).toBeLessThanOrEqual(HOUR_MS);
      await send({ sender: 'bob', bytes: 900 });
      expect(await msUntilRoom('cyd', 700)).toBe(0);
      expect(await msUntilRoom('cyd', 701)).toBeGreaterThan(0);
      await send({ sender: 'dan', bytes: 900 });
      expect(await msUntilRoom('cyd', 100)).toBe(0);
      expect(await msUntilRoom('cyd', 101)).toBeGreaterThan(0);
    });

    test('shows a request to another handle, and after it is opened again', async () => {
      const data: StoredData = await create(1000);
      const [one, other] = [await data.open(), await data.open()];
      await send({}, one);
      await expect(send({}, other)).rejects.toThrow(RequestDone);
      await one.close();
      await other.close();
      expect(await (await data.open()).requests.find('ada', 'deploy-42')).toMatchObject({ digest: 'a digest' });
    });

    test('drops the requests of a removed account', async () => {
      await store.users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] });
      await send({ bytes: 1000 });
      await store.requests.keep(requestOf({ sender: ticketsOf('ada') }));
      await store.removeAccount('ada');
      expect(await store.requests.find('ada', 'deploy-42')).toBeUndefined();
      expect(await store.requests.find(ticketsOf('ada'), 'deploy-42')).toBeUndefined();
      expect(await store.requests.msUntilRoom('ada', 1000, LIMITS)).toBe(0);
    });
  });
}
