import { jest } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

describe('TokenBuckets', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('gives each key a full bucket at once, then as many tokens as are refilled', () => {
    const buckets = new TokenBuckets(10, 2, () => undefined);
    expect([buckets.take('ada', 10), buckets.take('ada', 1), buckets.take('bob', 10)]).toEqual([0, 500, 0]);
    jest.advanceTimersByTime(500);
    expect([buckets.waitMs('ada', 2), buckets.take('ada', 1), buckets.take('ada', 1)]).toEqual([500, 0, 500]);
  });

  test('takes no tokens for a refused request', () => {
    const buckets = new TokenBuckets(10, 1, () => undefined);
    buckets.take('ada', 5);
    expect([buckets.take('ada', 6), buckets.take('ada', 5)]).toEqual([1000, 0]);
  });

  test('drops only buckets that are full again', () => {
    const buckets = new TokenBuckets(10, 1, () => undefined);
    for (let n = 0; n < 1000; n++) buckets.take(`user-${n}`, 1);
    buckets.take('spent', 10);
    jest.advanceTimersByTime(1000);
    for (let n = 0; n < 600; n++) buckets.take('busy', 1);
    expect(buckets.size).toBe(2);
    expect(buckets.waitMs('spent', 10)).toBe(9000);
  });
});
