import type { InboxCounts, InboxFilter } from '@herald/protocol';
import { isNarrowed } from './filter-of';

/** How many match, where the server's counts tell that; null where they do not. */
export function totalOf(filter: InboxFilter, counts: InboxCounts): number | null {
  if (filter.view === 'all') return null;
  if (!isNarrowed(filter)) return counts[filter.view];
  const isUnreadAlone = Object.keys(filter).length === 2 && filter.unread === true && filter.view === 'inbox';
  return isUnreadAlone ? counts.unread : null;
}
