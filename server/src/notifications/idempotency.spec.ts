import { jest } from '@jest/globals';
import { Idempotency } from './idempotency.js';
import { IdempotencyConflictError } from './notification-errors.js';

const HOUR = 3_600_000;
const BODY = { title: 'Deploy', actions: [{ label: 'Open', event: 'open' }] };

describe('Idempotency', () => {
  let idempotency: Idempotency;
  let count: number;
  const work = (): Promise<number> => Promise.resolve(++count);
  const ask = (fields: Partial<Parameters<Idempotency['once']>[0]> = {}): Promise<number> =>
    idempotency.once({ sender: 'ada', key: 'deploy-42', body: BODY, ...fields }, work);

  beforeEach(() => {
    jest.useFakeTimers();
    idempotency = new Idempotency();
    count = 0;
  });
  afterEach(() => jest.useRealTimers());

  test('does the same request once, and answers as the first time', async () => {
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 1]);
  });

  test('does it once when two ask at once', async () => {
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  });

  test('takes the fields in whatever order they were written', async () => {
    await ask();
    expect(await ask({ body: { actions: [{ event: 'open', label: 'Open' }], title: 'Deploy' } })).toBe(1);
  });

  test('knows one name from another, and one sender from another', async () => {
    expect(await ask()).toBe(1);
    expect(await ask({ key: 'deploy-43' })).toBe(2);
    expect(await ask({ sender: 'bob' })).toBe(3);
    expect(await ask({ sender: 'ada deploy', key: '42' })).toBe(4);
  });

  test('refuses another body under the same name', async () => {
    await ask();
    expect(() => ask({ body: { ...BODY, title: 'Backup' } })).toThrow(IdempotencyConflictError);
    expect(() => ask({ body: [BODY] })).toThrow(IdempotencyConflictError);
    expect(count).toBe(1);
  });

  test('forgets after a day', async () => {
    await ask();
    jest.advanceTimersByTime(24 * HOUR - 1);
    expect(await ask()).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await ask({ body: {} })).toBe(2);
  });

  test('does again what has failed', async () => {
    await expect(idempotency.once({ sender: 'ada', key: 'deploy-42', body: BODY }, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(await ask({ body: {} })).toBe(1);
  });

  test('remembers a bounded number, the newest', async () => {
    const many = Array.from({ length: 1000 }, () => BODY);
    for (let n = 0; n < 12; n++) await ask({ key: `batch-${n}`, body: many });
    expect(await ask({ key: 'batch-11', body: many })).toBe(12);
    expect(await ask({ key: 'batch-0', body: many })).toBe(13);
  });
});
