import { useWholeTurns } from '#test/whole-turns.js';
import { jest } from '@jest/globals';
import { Refusal } from '../http/refusal/refusal.js';
import { Idempotency } from './idempotency.js';

const HOUR = 3_600_000;
const BODY = { title: 'Deploy', actions: [{ label: 'Open', event: 'open' }] };

describe('Idempotency', () => {
  useWholeTurns();
  let idempotency: Idempotency;
  let count: number;
  const work = (): Promise<number> => Promise.resolve(++count);
  let charged: number;
  const charge = (): Promise<void> => {
    charged++;
    return Promise.resolve();
  };
  const ask = (fields: Partial<Parameters<Idempotency['once']>[0]> = {}): Promise<number> =>
    idempotency.once({ sender: 'ada', key: 'deploy-42', body: BODY, bytes: 100, ...fields }, work, charge);

  beforeEach(() => {
    jest.useFakeTimers();
    idempotency = new Idempotency();
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

  test('drops 100 expired keys of an inactive sender per request, until there is room', async () => {
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
