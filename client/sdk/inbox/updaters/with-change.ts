import type { InboxChanged, StateChange } from '@herald/protocol';
import { withCounts } from '../counts-of.ts';
import type { Inbox } from '../inbox.ts';
import { marked } from './marked.ts';

/** With a change, as the server has answered it. The entry of the change may come before or after. */
export function withChange(inbox: Inbox, { ids, counts, asOf }: InboxChanged, change: StateChange): Inbox {
  const marks = new Map(inbox.marks);
  for (const id of ids) {
    if (asOf > (inbox.entities.get(id)?.asOf ?? inbox.headAsOf)) marks.set(id, marked(marks.get(id), change, asOf));
  }
  return { ...inbox, marks, counts: withCounts(inbox.counts, counts, asOf) };
}
