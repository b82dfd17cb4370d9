import { Distribution } from './distribution.js';

test('counts each value in the first bucket whose bound it does not exceed', () => {
  const distribution = new Distribution([1, 10]);
  for (const value of [0, 1, 1.5, 10, 11]) distribution.add(value);
  expect([...distribution.counts]).toEqual([2, 2, 1]);
  expect(distribution.sum).toBe(23.5);
});

test('counts a value as often as it occurred', () => {
  const distribution = new Distribution([1]);
  distribution.add(2, 30);
  expect([...distribution.counts]).toEqual([0, 30]);
  expect(distribution.sum).toBe(60);
});
