import type { InboxItem } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import { isDealtWith } from './is-dealt-with';

describe('isDealtWith', () => {
  it.each<[string, Partial<InboxItem>, boolean]>([
    ['read', { read: true }, true],
    ['unread', {}, false],
    ['archived', { archived: true }, true],
    ['snoozed', { snoozedUntil: '2026-02-01T08:00:00.000Z' }, true],
    ['read and still to be confirmed', { read: true, requiresAck: true }, false],
    ['confirmed', { requiresAck: true, acknowledged: true }, true],
    ['to be confirmed, but archived', { requiresAck: true, archived: true }, true],
  ])('a notification that is %s', (_, state, is) => {
    expect(isDealtWith(testItem('Fire', state))).toBe(is);
  });
});
