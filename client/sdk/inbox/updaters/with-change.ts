import type { InboxChanged, StateChange } from '../../../../protocol/inbox.js';
import type { Inbox } from '../inbox.js';
import { marked } from './marked.js';

/** With a change that the server has made, as its answer tells; the entry of the change may come before or after. */
export function withChange(inbox: Inbox, { ids, counts, asOf }: InboxChanged, change: StateChange): Inbox {
  if (asOf <= inbox.asOf) return inbox;
  const marks = new Map(inbox.marks);
  for (const id of ids) marks.set(id, marked(marks.get(id), change, asOf));
  return { ...inbox, marks, counts: asOf > inbox.counts.by ? { value: counts, by: asOf } : inbox.counts };
}
