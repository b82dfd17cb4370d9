import type { InboxItem } from '../../../../protocol/inbox.js';
import type { Inbox } from '../inbox.js';
import { toKnown } from './with-older.js';

/** With one that was asked for by itself. Its state may be older than what entries have said, never newer than they will. */
export function withOne(inbox: Inbox, item: InboxItem): Inbox {
  if (inbox.known.has(item.id)) return inbox;
  return { ...inbox, known: new Map(inbox.known).set(item.id, toKnown(item, inbox.asOf)) };
}
