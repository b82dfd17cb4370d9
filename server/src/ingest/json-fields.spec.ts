import { asText, FOREIGN_TEXT_MAX } from './json-fields.js';

test.each<[unknown, string | undefined]>([
  ['a', 'a'],
  [5, '5'],
  [{ toString: 1 }, undefined],
  ['a'.repeat(FOREIGN_TEXT_MAX + 1), 'a'.repeat(FOREIGN_TEXT_MAX)],
])('reads a value as a text of bounded length', (value, text) => expect(asText(value)).toBe(text));
