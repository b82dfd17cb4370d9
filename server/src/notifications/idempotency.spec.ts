import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { useWholeTurns } from '#test/whole-turns.js';
import type { Notification, ScheduledNotification } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Refusal } from '../http/refusal/refusal.js';
import { InMemoryRequestRepository } from '../repository/in-memory/in-memory-request-repository.js';
import { type KeyedRequest, RequestDone } from '../repository/request-repository.js';
import { Idempotency, type NamedRequest } from './idempotency.js';

const HOUR = 3_600_000;
const BODY = { title: 'Deploy', actions: [{ label: 'Open', event: 'open' }] };

describe('Idempotency', () => {
  useWholeTurns();
  let requests: InMemoryRequestRepository;
  let idempotency: Idempotency;
  let count: number;
  /** Stores a notification whose id is the number of the run. */
  const work = (request: KeyedRequest): Promise<Notification> => {
    const notification = notificationOf('low', String(++count));
    const store = (): Notification => notification;
    return Promise.resolve(requests.once(request, store, (stored) => [stored]));
  };
  let charged: number;
  const charge = (): Promise<void> => {
    charged++;
    return Promise.resolve();
  };
  const ask = async (fields: Partial<NamedRequest> = {}): Promise<number> => {
    const named = { sender: 'ada', key: 'deploy-42', body: BODY, bytes: 100, ...fields };
    return Number(((await idempotency.once(named, work, charge)) as Notification).id);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    requests = new InMemoryRequestRepository();
    idempotency = new Idempotency(requests);
    count = 0;
    charged = 0;
  });
  afterEach(() => jest.useRealTimers());

  test('runs a repeated request once, and repeats the first answer', async () => {
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 1]);
  });

  test('runs two concurrent requests with one key once', async () => {
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  });

  test('counts requests that are under way for the limits', async () => {
    const MB = 1024 * 1024;
    const together = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => ask({ key: `large-${n}`, bytes: 4 * MB })));
    expect(together.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
  });

  test('carries a request out if the one with its key is kept no longer', async () => {
    let tries = 0;
    const named = { sender: 'ada', key: 'deploy-42', body: BODY, bytes: 100 };
    const late = (request: KeyedRequest): Promise<Notification> =>
      ++tries === 1 ? Promise.reject(new RequestDone()) : work(request);
    expect(await idempotency.once(named, late, charge)).toMatchObject({ id: '1' });
  });

  test('repeats the answer of a request that another process has carried out meanwhile', async () => {
    const other = new Idempotency(requests);
    const named = { sender: 'ada', key: 'deploy-42', body: BODY, bytes: 100 };
    const slow = async (request: KeyedRequest): Promise<Notification> => {
      await other.once(named, work, charge);
      return work(request);
    };
    expect(await idempotency.once(named, slow, charge)).toMatchObject({ id: '1' });
    expect(await ask()).toBe(1);
  });

  test('repeats an answer with several notifications, and one with a scheduled one', async () => {
    const many = [notificationOf('low', 'a'), notificationOf('low', 'b')];
    const scheduled = { ...many[0]!, deliverAt: '2030-01-01T00:00:00.000Z' };
    const storing =
      <Answer extends Notification[] | ScheduledNotification>(answer: Answer) =>
      (request: KeyedRequest): Promise<Answer> =>
        Promise.resolve(
          requests.once(
            request,
            () => answer,
            () => [answer].flat(),
          ),
        );
    const once = (key: string, body: unknown, answer: Notification[] | ScheduledNotification) =>
      idempotency.once({ sender: 'ada', key, body, bytes: 100 }, storing(answer), charge);
    for (let times = 0; times < 2; times++) {
      expect(await once('many', [BODY, BODY], many)).toEqual(many);
      expect(await once('one of many', [BODY], many.slice(0, 1))).toEqual(many.slice(0, 1));
      expect(await once('later', BODY, scheduled)).toEqual(scheduled);
    }
  });

  test('ignores the order of fields', async () => {
    await ask();
    expect(await ask({ body: { actions: [{ event: 'open', label: 'Open' }], title: 'Deploy' } })).toBe(1);
  });

  test('distinguishes keys and senders', async () => {
    expect(await ask()).toBe(1);
    expect(await ask({ key: 'deploy-43' })).toBe(2);
    expect(await ask({ sender: 'bob' })).toBe(3);
    expect(await ask({ sender: 'ada deploy', key: '42' })).toBe(4);
  });

  test('refuses a different body with the same key', async () => {
    await ask();
    await expect(ask({ body: { ...BODY, title: 'Backup' } })).rejects.toMatchObject({ code: 'idempotency_conflict' });
    await expect(ask({ body: [BODY] })).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(count).toBe(1);
  });

  test('forgets a key after a day', async () => {
    await ask();
    jest.advanceTimersByTime(24 * HOUR - 1);
    expect(await ask()).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await ask({ body: {} })).toBe(2);
  });

  test('runs a request again after a failure', async () => {
    await expect(
      idempotency.once(
        { sender: 'ada', key: 'deploy-42', body: BODY, bytes: 1 },
        () => Promise.reject(new Error('full')),
        charge,
      ),
    ).rejects.toThrow('full');
    expect(await ask({ body: {} })).toBe(1);
  });

  test('charges repeated and conflicting requests', async () => {
    await ask();
    expect(charged).toBe(0);
    await ask();
    await expect(ask({ body: {} })).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(charged).toBe(2);
    await expect(
      idempotency.once({ sender: 'ada', key: 'deploy-42', body: BODY, bytes: 1 }, work, () =>
        Promise.reject(new Error('spent')),
      ),
    ).rejects.toThrow('spent');
  });

  test('refuses new keys of a sender whose memory is full, says when to retry, and drops no key', async () => {
    const MB = 1024 * 1024;
    for (let n = 0; n < 3; n++) await ask({ key: `large-${n}`, bytes: 4 * MB });
    jest.advanceTimersByTime(HOUR);
    await ask({ key: 'large-3', bytes: 3 * MB });
    const error: unknown = await ask({ key: 'large-4', bytes: 4 * MB }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'too_many_idempotency_keys' });
    expect((error as Refusal).retryAfterSeconds).toBe((23 * HOUR) / 1000);
    expect([
      await ask({ key: 'large-0' }),
      await ask({ key: 'large-3' }),
      await ask({ sender: 'bob', key: 'large-4' }),
    ]).toEqual([1, 4, 5]);
    jest.advanceTimersByTime(23 * HOUR);
    expect(await ask({ key: 'large-4', bytes: 4 * MB })).toBe(6);
    expect(await ask({ key: 'large-3' })).toBe(4);
  });

  test('reserves memory for a sender when others have used up the rest', async () => {
    const sixteenMB = 16 * 1024 * 1024 - 1000;
    for (const sender of ['a', 'b', 'c', 'd']) await ask({ sender, bytes: sixteenMB });
    await expect(ask({ bytes: 4 * 1024 * 1024 })).rejects.toMatchObject({ code: 'too_many_idempotency_keys' });
    for (let n = 0; n < 100; n++) await ask({ key: `small-${n}` });
    expect(count).toBe(104);
  });

  test('frees the memory of senders who are inactive for a day', async () => {
    const MB = 1024 * 1024;
    for (const sender of ['a', 'b', 'c', 'd']) await ask({ sender, bytes: 16 * MB - 1000 });
    jest.advanceTimersByTime(24 * HOUR - 1);
    const refused = ask({ bytes: 4 * MB });
    await expect(refused).rejects.toMatchObject({ code: 'too_many_idempotency_keys' });
    await expect(refused).rejects.toMatchObject({ retryAfterSeconds: 1 });
    jest.advanceTimersByTime(1);
    expect(await ask({ bytes: 4 * MB })).toBe(5);
  });

  test('drops the expired keys of inactive senders, until there is room', async () => {
    const senders = ['a', 'b', 'c', 'd'];
    for (let n = 0; n < 4000; n++) await ask({ sender: senders[n % 4]!, key: `${n}`, bytes: 15 * 1024 });
    const large = { bytes: 15 * 1024 * 1024 };
    await expect(ask(large)).rejects.toMatchObject({ code: 'too_many_idempotency_keys' });
    jest.advanceTimersByTime(24 * HOUR);
    let refusals = 0;
    while (count === 4000 && refusals < 40) await ask(large).catch(() => refusals++);
    expect(count).toBe(4001);
    expect(refusals).toBeLessThan(10);
  });

  test('keeps the key of one sender beside 11,000 keys of another', async () => {
    await ask({ sender: 'bob' });
    for (let n = 0; n < 11_000; n++) await ask({ key: `${n}` });
    expect(await ask({ sender: 'bob' })).toBe(1);
    expect(await ask({ key: '0' })).toBe(2);
  });
});
