import type { InboxFilter } from '@herald/protocol';
import type { Inbox } from '../inbox.ts';

/** With another query, of which no page has come yet. The entities stay. */
export function withFilter(inbox: Inbox, filter: InboxFilter): Inbox {
  return { ...inbox, query: { filter, asOf: '', cursor: null, depth: 0 } };
}
