import type { InboxItem, InboxPage } from '../../../../protocol/inbox.js';
import type { Inbox, Known, Marks } from '../inbox.js';

/** With a page of older notifications, behind those that are known. */
export function withOlder(inbox: Inbox, page: InboxPage): Inbox {
  const { asOf, counts, nextCursor } = page;
  const known = new Map<string, Known>([...inbox.known, ...knownOf(page)]);
  // What it left out it has judged by all that was said until then.
  const isOpen = ([id, mark]: [string, Marks]): boolean =>
    known.has(id) || id < (nextCursor ?? '') || [...mark.values()].some(({ by }) => by > asOf);
  return {
    ...inbox,
    known,
    marks: new Map([...inbox.marks].filter(isOpen)),
    counts: asOf > inbox.counts.by ? { value: counts, by: asOf } : inbox.counts,
    nextCursor,
  };
}

export function knownOf({ items, asOf }: InboxPage): [string, Known][] {
  return items.map((item) => [item.id, toKnown(item, asOf)]);
}

export function toKnown(
  { read, archived, snoozedUntil, acknowledged, acted, actedEvent, ...notification }: InboxItem,
  asOf: string,
): Known {
  const confirmed = acknowledged === undefined ? {} : { acknowledged };
  const chosen = { ...(acted !== undefined && { acted }), ...(actedEvent !== undefined && { actedEvent }) };
  return { notification, mark: { read, archived, snoozedUntil, ...confirmed, ...chosen }, asOf };
}
