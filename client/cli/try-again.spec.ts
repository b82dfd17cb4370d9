import { HeraldError } from '@herald/client/api';
import { MAYBE_DONE, REFUSED_FOR_NOW, tryAgain } from './try-again.ts';

describe('tryAgain', () => {
  const waits: number[] = [];
  const pause = (_: HeraldError, seconds: number): Promise<void> => {
    waits.push(seconds);
    return Promise.resolve();
  };

  beforeEach(() => {
    waits.length = 0;
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
    expect(await tryAgain(server([0], [502], [503, 7], [429, 0]), 5, MAYBE_DONE, pause)).toBe('sent');
    expect(waits).toEqual([1, 2, 7, 0]);
  });

  test('gives up after the last try', async () => {
    await expect(tryAgain(server([503], [503], [503]), 3, MAYBE_DONE, pause)).rejects.toMatchObject({ status: 503 });
    expect(waits).toEqual([1, 2]);
  });

  test('makes all tries, however many', async () => {
    const failures = Array.from({ length: 9 }, (): [number] => [503]);
    await expect(tryAgain(server(...failures), 9, MAYBE_DONE, pause)).rejects.toMatchObject({ status: 503 });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test.each([400, 401, 403, 404, 409, 500])('does not repeat a request that failed with %i', async (status) => {
    await expect(tryAgain(server([status]), 5, MAYBE_DONE, pause)).rejects.toMatchObject({ status });
    expect(waits).toEqual([]);
  });

  test('leaves a wait of more than a minute to its caller', async () => {
    await expect(tryAgain(server([429, 60], [429, 61]), 5, MAYBE_DONE, pause)).rejects.toMatchObject({ status: 429 });
    expect(waits).toEqual([60]);
  });

  test.each([0, 502, 504])('does not repeat after %i what must not be done twice', async (status) => {
    await expect(tryAgain(server([status]), 5, REFUSED_FOR_NOW, pause)).rejects.toMatchObject({ status });
  });
});
