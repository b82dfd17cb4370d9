import type { Notification } from '@herald/protocol';
import type { Entity, Inbox, Mark, Marks } from './inbox.ts';
import type { InboxItem } from './inbox-item.ts';
import { matches } from './matches.ts';

/** The item made of an entity before. While nothing has changed the object stays the same, and nothing is drawn again. */
const made = new WeakMap<Entity, { marks: Marks | undefined; muted: readonly string[]; item: InboxItem }>();

/** All entities that are not gone, in their current state, newest first. */
export function itemsOf(inbox: Inbox): InboxItem[] {
  const items: InboxItem[] = [];
  for (const [id, entity] of inbox.entities) if (!inbox.gone.has(id)) items.push(itemOf(inbox, entity));
  return items.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Those of these items that the query shows. */
export function shownOf<Item extends InboxItem>({ query }: Inbox, items: readonly Item[]): Item[] {
  const oldest = query.cursor ?? '';
  return items.filter((item) => item.id >= oldest && matches(item, query.filter));
}

/** The entity of a notification, also of one that is not held. */
export function entityFor({ entities }: Inbox, notification: Notification): Entity {
  return entities.get(notification.id) ?? { notification, mark: {}, asOf: notification.id };
}

export function itemOf(inbox: Inbox, entity: Entity): InboxItem {
  const marks = inbox.marks.get(entity.notification.id);
  const before = made.get(entity);
  if (before?.marks === marks && before?.muted === inbox.muted) return before.item;
  const item = make(entity, marks, inbox.muted);
  made.set(entity, { marks, muted: inbox.muted, item });
  return item;
}

function make({ notification, mark, asOf }: Entity, marks: Marks | undefined, muted: readonly string[]): InboxItem {
  const untouched = { read: muted.includes(notification.category), archived: false, snoozedUntil: null, isLate: false };
  const since = [...(marks ?? [])]
    .filter(([, { by }]) => by > asOf)
    .map(([field, { value }]) => [field, value] as const);
  return { ...notification, ...untouched, ...mark, ...(Object.fromEntries(since) as Mark) };
}
