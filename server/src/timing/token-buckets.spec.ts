import { jest } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

describe('TokenBuckets', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('gives each key as many tokens at once as a bucket holds, then as many as come back', () => {
    const buckets = new TokenBuckets(10, 2);
    expect([buckets.take('ada', 10), buckets.take('ada', 1), buckets.take('bob', 10)]).toEqual([0, 500, 0]);
    jest.advanceTimersByTime(500);
    expect([buckets.waitMs('ada', 2), buckets.take('ada', 1), buckets.take('ada', 1)]).toEqual([500, 0, 500]);
  });

  test('takes nothing of what it refuses', () => {
    const buckets = new TokenBuckets(10, 1);
    buckets.take('ada', 5);
    expect([buckets.take('ada', 6), buckets.take('ada', 5)]).toEqual([1000, 0]);
  });

  test('drops buckets that are full again, and keeps the others however many come', () => {
    const buckets = new TokenBuckets(10, 1);
    for (let n = 0; n < 1000; n++) buckets.take(`user-${n}`, 1);
    buckets.take('spent', 10);
    jest.advanceTimersByTime(1000);
    for (let n = 0; n < 600; n++) buckets.take('busy', 1);
    expect(buckets.size).toBe(2);
    expect(buckets.waitMs('spent', 10)).toBe(9000);
  });
});
