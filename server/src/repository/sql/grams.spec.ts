import fc from 'fast-check';
import { audienceGram, gramsIn, gramsOf } from './grams.js';

/** Whether an index with whole grams and beginnings of grams would find the word in the text. */
function isFound(word: string, text: string): boolean {
  const { grams, isBeginning } = gramsIn(word);
  const there = [...gramsOf(text)];
  return grams.every((gram) => there.some((one) => (isBeginning ? one.startsWith(gram) : one === gram)));
}

test.each([
  ['d', true],
  ['is', true],
  ['disk', true],
  ['sk', true],
  ['full', true],
  ['/', true],
  ['世', true],
  ['界!', true],
  ['disc', false],
  ['kf', false],
  ['_', false],
])('the grams of %j are in the text: %j', (word, isThere) => {
  expect(isFound(word, 'disk full /var 世界!')).toBe(isThere);
});

test('every part of a word is found', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/\s/.test(text));
  fc.assert(
    fc.property(word, fc.nat(12), fc.nat(12), (text, from, count) => {
      const part = Array.from(text)
        .slice(from, from + count + 1)
        .join('');
      fc.pre(part !== '');
      expect(isFound(part, `before ${text} after`)).toBe(true);
    }),
    { seed: 42 },
  );
});

test('no text has the gram of an audience', () => {
  for (const text of ['__7', '_ _7', '7', '__']) expect([...gramsOf(text)]).not.toContain(audienceGram(7));
});
