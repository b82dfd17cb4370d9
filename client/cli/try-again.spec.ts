import { HeraldError } from '@herald/client/api';
import { jest } from '@jest/globals';
import { tryAgain } from './try-again.ts';

describe('tryAgain', () => {
  const waits: number[] = [];
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };

  beforeEach(() => {
    waits.length = 0;
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Fails with these statuses in turn, and then answers. */
  function server(...failures: [status: number, retryAfterSeconds?: number][]): () => Promise<string> {
    return () => {
      const [status, seconds] = failures.shift() ?? [];
      return status === undefined
        ? Promise.resolve('sent')
        : Promise.reject(new HeraldError(status, undefined, seconds));
    };
  }

  test('waits longer after each failure, or as long as the server says', async () => {
    expect(await tryAgain(server([0], [502], [503, 7], [429, 0]), 5, wait)).toBe('sent');
    expect(waits).toEqual([1000, 2000, 7000, 0]);
  });

  test('gives up after the last try', async () => {
    await expect(tryAgain(server([503], [503], [503]), 3, wait)).rejects.toMatchObject({ status: 503 });
    expect(waits).toEqual([1000, 2000]);
  });

  test.each([400, 401, 403, 404, 409, 500])('does not repeat a request that failed with %i', async (status) => {
    await expect(tryAgain(server([status]), 5, wait)).rejects.toMatchObject({ status });
    expect(waits).toEqual([]);
  });

  test('waits at most a minute at a time', async () => {
    await expect(tryAgain(server([429, 60], [429, 61]), 5, wait)).rejects.toMatchObject({ status: 429 });
    expect(waits).toEqual([60_000]);
  });
});
