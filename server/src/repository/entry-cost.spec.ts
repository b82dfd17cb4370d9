import { notificationBytes } from './entry-cost.js';

const DRAFT = { title: 'T', message: 'm', priority: 'low', category: 'c' } as const;

/** Bytes that this data adds. */
const bytesOf = (data: Record<string, unknown>): number =>
  notificationBytes({ ...DRAFT, data }) - notificationBytes(DRAFT);

test('the memory of a notification includes its data: the texts, and each of its values', () => {
  expect(bytesOf({ text: 'x'.repeat(8000) })).toBeGreaterThan(8000);
  expect(bytesOf({ ['x'.repeat(8000)]: 1 })).toBeGreaterThan(8000);
  // V8 takes at least 56 bytes for an empty object in a list, whose JSON has 3.
  expect(bytesOf({ list: Array.from({ length: 900 }, () => ({})) })).toBeGreaterThan(900 * 64);
});

test('a text in data takes its length, whatever its characters are', () => {
  expect(bytesOf({ csv: '[{,'.repeat(2700) })).toBeLessThan(9000);
});
