import type { InboxPage } from '../../../../protocol/inbox.js';
import type { Inbox, Known, Marks } from '../inbox.js';
import { knownOf } from './with-older.js';

/**
 * The newest page is the truth up to its `asOf`: what it does not hold goes, what entries have said since then stays.
 * A page that is older than the one before changes nothing.
 */
export function withPage(inbox: Inbox, page: InboxPage): Inbox {
  const { asOf, nextCursor, muted } = page;
  if (asOf <= inbox.asOf) return inbox;
  const since = [...inbox.known].filter(([, known]) => known.asOf > asOf);
  return {
    asOf,
    known: new Map<string, Known>([...knownOf(page), ...since]),
    marks: marksSince(inbox.marks, asOf),
    gone: new Map([...inbox.gone].filter(([, by]) => by > asOf)),
    counts: asOf > inbox.counts.by ? { value: page.counts, by: asOf } : inbox.counts,
    muted,
    nextCursor,
  };
}

function marksSince(marks: Inbox['marks'], asOf: string): Inbox['marks'] {
  const since = [...marks].map(([id, mark]): [string, Marks] => [
    id,
    new Map([...mark].filter(([, { by }]) => by > asOf)),
  ]);
  return new Map(since.filter(([, mark]) => mark.size > 0));
}
