import fc from 'fast-check';
import { FirstNames } from './first-names.js';

const LIMIT = 10;

describe('FirstNames', () => {
  test('returns the same names as sorting all of them', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'b'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 200 }),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 2 }),
        (names, part) => {
          const found = new FirstNames(part, LIMIT);
          for (const name of names) found.consider(name);
          const all = [...new Set(names)].filter((name) => name.toLowerCase().includes(part)).sort();
          const begins = (name: string): boolean => name.toLowerCase().startsWith(part);
          expect(found.names).toEqual([...all.filter(begins), ...all.filter((name) => !begins(name))].slice(0, LIMIT));
        },
      ),
      { seed: 42, numRuns: 200 },
    );
  });
});
