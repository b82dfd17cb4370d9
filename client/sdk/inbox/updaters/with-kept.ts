import { withCounts } from '../counts-of.ts';
import type { Inbox } from '../inbox.ts';
import { isPlain, type KeptInbox } from '../kept-inbox.ts';
import { entityOf } from './entity-of.ts';

/** With the copy that this client kept, behind all that is held already. The first page takes its place. */
export function withKept(inbox: Inbox, kept: KeptInbox): Inbox {
  const copies = kept.items.map((item) => [item.id, entityOf(item, kept.asOf)] as const);
  const entities = new Map([...copies, ...inbox.entities]);
  // Pages are newer than the copy.
  if (inbox.asOf !== '') return { ...inbox, entities };
  const cursor = isPlain(inbox.query.filter) ? kept.nextCursor : null;
  return {
    ...inbox,
    entities,
    counts: withCounts(inbox.counts, kept.counts, kept.asOf),
    muted: kept.muted,
    query: { ...inbox.query, cursor },
  };
}
