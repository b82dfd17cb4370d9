import type { InboxItem } from '@herald/protocol';
import { later } from '../counts-of.ts';
import type { Inbox } from '../inbox.ts';
import { entityOf } from './entity-of.ts';

/**
 * With a notification that was asked for by its id.
 * @param asOf that of the inbox when it was asked for; an answer from before the last page is ignored
 */
export function withOne(inbox: Inbox, item: InboxItem, asOf: string): Inbox {
  const { id } = item;
  if (asOf < inbox.asOf || inbox.entities.has(id)) return inbox;
  const { counts } = inbox;
  const isDoubtful = id > counts.by && id <= counts.cut;
  return {
    ...inbox,
    entities: new Map(inbox.entities).set(id, entityOf(item, later(asOf, id))),
    counts: isDoubtful ? { ...counts, staleBy: later(counts.staleBy, id) } : counts,
  };
}
