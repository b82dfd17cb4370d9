import fc from 'fast-check';
import { OffsetRanges } from './offset-ranges.js';

describe('OffsetRanges', () => {
  test('holds exactly the added offsets, and removes only lower ones', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(range), fc.integer({ min: 1, max: 70 }), (added, below) => {
        const ranges = new OffsetRanges();
        const expected = new Set<number>();
        for (const [from, more] of added) {
          ranges.add(from, from + more);
          for (let offset = from; offset <= from + more; offset++) expected.add(offset);
        }
        for (let offset = 1; offset <= 70; offset++) expect(ranges.has(offset)).toBe(expected.has(offset));
        const starts = [...expected].filter((offset) => !expected.has(offset - 1));
        expect(ranges.count).toBe(starts.length);
        ranges.dropBelow(below);
        for (let offset = below; offset <= 70; offset++) expect(ranges.has(offset)).toBe(expected.has(offset));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('keeps consecutive offsets as one range', () => {
    const ranges = new OffsetRanges();
    for (let offset = 1; offset <= 1000; offset++) ranges.add(offset, offset);
    expect(ranges.count).toBe(1);
  });
});
