import type { InboxPage } from '@herald/protocol';
import { withCounts } from '../counts-of.ts';
import type { Inbox } from '../inbox.ts';
import { entityOf } from './entity-of.ts';

/** The inbox with notifications that no page of the list has. Ignores an answer older than the last page. */
export function withOthers(inbox: Inbox, { items, counts, asOf }: InboxPage): Inbox {
  if (asOf < inbox.asOf) return inbox;
  const entities = new Map(inbox.entities);
  for (const item of items) {
    if ((entities.get(item.id)?.asOf ?? '') < asOf) entities.set(item.id, entityOf(item, asOf));
  }
  return { ...inbox, entities, counts: withCounts(inbox.counts, counts, asOf) };
}
