import { progressLine } from './progress-bar.ts';

test.each([
  [0, 0, 1000, '[------------------------------] 0 %  0 sent'],
  [1234, 500, 1000, '[###############---------------] 50 %  1,234 sent'],
  // The last line may have no end.
  [2000, 1001, 1000, '[##############################] 100 %  2,000 sent'],
  [1234, 500, null, '1,234 sent'],
])('%i sent, and %i bytes of %p read', (sent, readBytes, totalBytes, line) => {
  expect(progressLine(sent, readBytes, totalBytes)).toBe(line);
});
