import type { InboxItem } from '../inbox/inbox-item.ts';

/** Unread inbox item for tests, with defaults for the fields that a test does not name. */
export function testItem(id: string, fields: Partial<InboxItem> = {}): InboxItem {
  return {
    id,
    title: id,
    message: '',
    priority: 'medium',
    category: 'news',
    audience: ['everyone'],
    sender: 'ada',
    createdAt: '2026-01-16T12:00:00.000Z',
    read: false,
    archived: false,
    snoozedUntil: null,
    isLate: false,
    ...fields,
  };
}
