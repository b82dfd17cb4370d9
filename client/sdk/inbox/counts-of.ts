import type { InboxCounts } from '../../../protocol/inbox.js';
import type { Inbox } from './inbox.js';
import type { InboxItem } from './inbox-item.js';
import { itemOf } from './items-of.js';
import { viewOf } from './matches.js';

/** The server's counts, with what has come and gone since it counted. */
export function countsOf(inbox: Inbox): InboxCounts {
  const { value, by: countedAt } = inbox.counts;
  const counts = { ...value };
  for (const [id, known] of inbox.known) {
    const wasCounted = id <= countedAt;
    const isGone = inbox.gone.has(id);
    if (wasCounted && isGone && (inbox.gone.get(id) ?? '') > countedAt) count(counts, itemOf(inbox, known), -1);
    if (!wasCounted && !isGone) count(counts, itemOf(inbox, known), 1);
  }
  return counts;
}

export function count(counts: InboxCounts, item: InboxItem, by: 1 | -1): void {
  const view = viewOf(item);
  counts[view] += by;
  if (view === 'inbox' && !item.read) counts.unread += by;
}
