import type { InboxCounts, InboxFilter } from '@herald/protocol';
import { isNarrowed } from './filter-of';

/** How many match, where the server's counts tell that; null where they do not. */
export function totalOf(filter: InboxFilter, counts: InboxCounts): number | null {
  if (filter.view === 'all') return null;
  if (!isNarrowed(filter)) return counts[filter.view];
  if (Object.keys(filter).length > 2 || filter.view !== 'inbox') return null;
  if (filter.unread === true) return counts.unread;
  return filter.unconfirmed === true ? counts.unconfirmed : null;
}
