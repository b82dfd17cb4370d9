import type { Inbox } from '../inbox.js';
import type { KeptInbox } from '../kept-inbox.js';
import { toKnown } from './with-older.js';

/** With what was kept of it, behind all that is known already. The next page takes its place. */
export function withKept(inbox: Inbox, kept: KeptInbox): Inbox {
  const known = new Map([...kept.items.map((item) => [item.id, toKnown(item, kept.asOf)] as const), ...inbox.known]);
  // A page has said more than what was kept before it.
  if (inbox.asOf !== '') return { ...inbox, known };
  const counts = kept.asOf > inbox.counts.by ? { value: kept.counts, by: kept.asOf } : inbox.counts;
  return { ...inbox, known, counts, muted: kept.muted, nextCursor: kept.nextCursor };
}
