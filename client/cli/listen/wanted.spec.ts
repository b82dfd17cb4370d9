import type { Notification } from '@herald/protocol';
import { type Filter, isWanted } from './wanted.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const notification = { priority: 'medium', audience: ['everyone', 'topic:builds'] } as Notification;

test.each<[string, Filter, Partial<Notification>, boolean]>([
  ['without a filter', {}, {}, true],
  ['of a lower priority', { min: 'high' }, {}, false],
  ['of the lowest priority that is wanted', { min: 'medium' }, {}, true],
  ['of a higher priority', { min: 'medium' }, { priority: 'high' }, true],
  ['of the topic', { topic: 'builds' }, {}, true],
  ['of another topic', { topic: 'build' }, {}, false],
  ['that expires later', {}, { expiresAt: '2026-11-30T12:00:01Z' }, true],
  ['that has expired', {}, { expiresAt: '2026-11-30T12:00:00Z' }, false],
])('a notification %s', (_, filter, fields, wanted) => {
  expect(isWanted({ ...notification, ...fields }, filter, NOW)).toBe(wanted);
});
