import type { Notification } from '../../../protocol/notification.js';
import type { Inbox, Known, Mark, Marks } from './inbox.js';
import type { InboxItem } from './inbox-item.js';

/** What was made of a notification before: while it is the same, so is the object, and nothing is drawn again. */
const made = new WeakMap<Known, { marks: Marks | undefined; muted: readonly string[]; item: InboxItem }>();

/** Everything that is known and not gone, as it is now, newest first. */
export function itemsOf(inbox: Inbox): InboxItem[] {
  const items: InboxItem[] = [];
  for (const [id, known] of inbox.known) if (!inbox.gone.has(id)) items.push(itemOf(inbox, known));
  return items.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Also one that is further back than what was loaded. */
export function knownAs({ known }: Inbox, notification: Notification): Known {
  return known.get(notification.id) ?? { notification, mark: {}, asOf: notification.id };
}

export function itemOf(inbox: Inbox, known: Known): InboxItem {
  const marks = inbox.marks.get(known.notification.id);
  const before = made.get(known);
  if (before?.marks === marks && before?.muted === inbox.muted) return before.item;
  const item = make(known, marks, inbox.muted);
  made.set(known, { marks, muted: inbox.muted, item });
  return item;
}

function make({ notification, mark, asOf }: Known, marks: Marks | undefined, muted: readonly string[]): InboxItem {
  const untouched = { read: muted.includes(notification.category), archived: false, snoozedUntil: null, isLate: false };
  // What entries have said after the page.
  const since = [...(marks ?? [])]
    .filter(([, { by }]) => by > asOf)
    .map(([field, { value }]) => [field, value] as const);
  return { ...notification, ...untouched, ...mark, ...(Object.fromEntries(since) as Mark) };
}
