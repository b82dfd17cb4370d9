import { notificationBytes } from './entry-cost.js';

const DRAFT = { title: 'T', message: 'm', priority: 'low', category: 'c' } as const;

test('the memory of a notification includes its data: the text, and each of its values', () => {
  const bytesOf = (data: Record<string, unknown>): number => notificationBytes({ ...DRAFT, data });
  const without = notificationBytes(DRAFT);
  expect(bytesOf({ text: 'x'.repeat(8000) }) - without).toBeGreaterThan(8000);
  // V8 takes at least 56 bytes for an empty object in a list, whose JSON has 3.
  expect(bytesOf({ list: Array.from({ length: 900 }, () => ({})) }) - without).toBeGreaterThan(900 * 64);
});
