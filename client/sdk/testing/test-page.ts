import type { InboxPage } from '@herald/protocol';
import { testItem } from './test-item.ts';

/** Page of an inbox that has these notifications and no others, all unread, for tests. @param ids newest first */
export function testPage(ids: readonly string[], fields: Partial<InboxPage> = {}): InboxPage {
  return {
    items: ids.map((id) => testItem(id)),
    nextCursor: null,
    counts: { unread: ids.length, inbox: ids.length, archived: 0, snoozed: 0, unconfirmed: 0 },
    muted: [],
    asOf: '100',
    ...fields,
  };
}
