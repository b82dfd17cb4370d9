import { AttemptCount } from './attempt-count.js';

test('keeps at most 10,000 attempt counts, and drops the least recently used one', () => {
  const count = new AttemptCount(1, () => undefined);
  for (let n = 0; n < 10_000; n++) count.add(`key-${n}`);
  expect(count.waitMs('key-0')).toBeGreaterThan(0);
  count.add('one more');
  expect(count.size).toBe(10_000);
  expect([count.waitMs('key-0') > 0, count.waitMs('key-1')]).toEqual([true, 0]);
});

test('drops an attempt count that returns to zero', () => {
  const count = new AttemptCount(2, () => undefined);
  count.add('key');
  count.takeBack('key');
  expect(count.size).toBe(0);
});
