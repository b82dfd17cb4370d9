import { durationOf } from './durations.ts';

test.each([
  [0.04, '0.0 s'],
  [0.44, '0.4 s'],
  [9.96, '10.0 s'],
  [42.4, '42 s'],
  [59.6, '1 min 0 s'],
  [184, '3 min 4 s'],
  [3599.7, '1 h 0 min'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, words) => {
  expect(durationOf(seconds)).toBe(words);
});
