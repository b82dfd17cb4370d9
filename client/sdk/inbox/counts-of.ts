import type { InboxCounts } from '@herald/protocol';
import type { Counts, Entity, Inbox } from './inbox.ts';
import type { InboxItem } from './inbox-item.ts';
import { itemOf } from './items-of.ts';
import { isUnconfirmed, viewOf } from './matches.ts';

/** The server's counts, and all that has come and gone since. */
export function countsOf(inbox: Inbox): InboxCounts {
  const counts = { ...inbox.counts.value };
  for (const entity of inbox.entities.values()) addUncounted(counts, inbox, entity);
  return counts;
}

/** Adds the difference that an entity makes beyond the server's counts. @returns whether there is one */
export function addUncounted(counts: InboxCounts, inbox: Inbox, entity: Entity): boolean {
  const { id } = entity.notification;
  const { by } = inbox.counts;
  const gone = inbox.gone.get(id);
  if (id <= by && gone !== undefined && gone.by > by) count(counts, itemOf(inbox, entity), -1);
  else if (id > by && gone === undefined) count(counts, itemOf(inbox, entity), 1);
  else return false;
  return true;
}

export function count(counts: InboxCounts, item: InboxItem, by: 1 | -1): void {
  const view = viewOf(item);
  counts[view] += by;
  if (view !== 'inbox') return;
  if (!item.read) counts.unread += by;
  if (isUnconfirmed(item)) counts.unconfirmed += by;
}

/** Counts of the server as of `by`, in place of older ones. */
export function withCounts(counts: Counts, value: InboxCounts, by: string): Counts {
  if (by <= counts.by) return counts;
  // These counts lack what was cut off since, and only the server still knows it.
  if (counts.cut > by) return { value, by, cut: counts.cut, staleBy: later(counts.staleBy, counts.cut) };
  return { value, by, cut: '', staleBy: counts.staleBy };
}

/** Whether something has come or gone, and only the server knows how it was counted. */
export function areStale({ counts, gone, entities }: Inbox): boolean {
  if (counts.staleBy > counts.by) return true;
  const counted = later(counts.by, counts.cut);
  for (const [id, { by }] of gone) if (by > counts.by && id <= counted && !entities.has(id)) return true;
  return false;
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}
