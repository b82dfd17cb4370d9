import type { Addressed } from '../../notification-repository.js';
import { inParts } from './parts.js';

const DRAFT = { title: 'T', message: 'm', priority: 'low', category: 'c', audience: ['everyone'] } as const;

const addressed = (given: object): Addressed => ({
  channels: ['everyone'],
  entry: { event: 'notification', data: { ...DRAFT, audience: ['everyone'], sender: 'ada', ...given } },
});

test.each([
  ['message', 'x'.repeat(4000)],
  ['data', { text: 'x'.repeat(8000) }],
  ['data', { list: Array.from({ length: 60 }, () => 'x'.repeat(130)) }],
])('no part has much more than 128 KB of JSON with a large %s', (field, value) => {
  const items = Array.from({ length: 400 }, () => addressed({ [field]: value }));
  const parts = inParts(items);
  expect(parts.flat()).toEqual(items);
  for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(140 * 1024);
});

test('items with the same sender and key are in different parts, in their order', () => {
  const [first, second, other] = [addressed({ key: 'a' }), addressed({ key: 'a' }), addressed({ key: 'b' })] as const;
  expect(inParts([first, other, second])).toEqual([[first, other], [second]]);
});
