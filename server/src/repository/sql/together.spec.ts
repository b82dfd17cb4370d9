import { setImmediate as nextTurn } from 'node:timers/promises';
import { together } from './together.js';

test('returns all results in their order', async () => {
  expect(await together([nextTurn('a'), Promise.resolve(1)])).toEqual(['a', 1]);
});

test('throws the first error once all statements have ended', async () => {
  let hasEnded = false;
  const slow = async (): Promise<void> => {
    await nextTurn();
    hasEnded = true;
    throw new Error('second');
  };
  await expect(together([slow(), Promise.reject(new Error('first'))])).rejects.toThrow('first');
  expect(hasEnded).toBe(true);
});
