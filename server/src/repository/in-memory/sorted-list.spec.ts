import fc from 'fast-check';
import { SortedList } from './sorted-list.js';

const numbers = (): SortedList<number> => new SortedList<number>((one, other) => one - other);

function backwards(list: SortedList<number>, below?: number): number[] {
  const reading = list.backwards(below === undefined ? undefined : (item) => item < below);
  const found: number[] = [];
  for (let item = reading.next(); item !== undefined; item = reading.next()) found.push(item);
  return found;
}

describe('SortedList', () => {
  test('equals an array that is sorted after each step', () => {
    const steps = fc.array(
      fc.record({ isAdded: fc.boolean(), first: fc.nat(3000), count: fc.nat(900), step: fc.constantFrom(1, -1, 7) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(steps, fc.nat(3000), (all, place) => {
        const list = numbers();
        const expected = new Set<number>();
        for (const { isAdded, first, count, step } of all) {
          for (let n = 0; n < count; n++) {
            const item = first + n * step;
            if (!isAdded && list.remove(item) !== expected.delete(item))
              throw new Error(`removing ${item} says the opposite`);
            if (!isAdded) continue;
            if (!expected.has(item)) list.add(item);
            expected.add(item);
          }
        }
        const sorted = [...expected].sort((one, other) => one - other);
        expect([list.size, list.first, list.last]).toEqual([sorted.length, sorted[0], sorted.at(-1)]);
        expect(backwards(list)).toEqual(sorted.toReversed());
        expect(backwards(list, place)).toEqual(sorted.filter((item) => item < place).reverse());
        expect(list.find((item) => item < place)).toBe(sorted.find((item) => item >= place));
        expect(list.from((item) => item < place, 600)).toEqual(sorted.filter((item) => item >= place).slice(0, 600));
        expect(
          list.from(
            () => false,
            Infinity,
            (item) => item < place,
          ),
        ).toEqual(sorted.filter((item) => item < place));
      }),
      { seed: 42, numRuns: 20 },
    );
  });
});
