import type { InboxItem } from '@herald/client/inbox';

/**
 * Adds the notification that is open to a list that it has left by being read, in its order. Without it, a step to the
 * next one would start from the wrong place.
 * @param items newest first
 * @param staying undefined to add none
 */
export function withStaying(items: readonly InboxItem[], staying: InboxItem | undefined): readonly InboxItem[] {
  if (staying === undefined || items.some(({ id }) => id === staying.id)) return items;
  const older = items.findIndex(({ id }) => id < staying.id);
  return older < 0 ? [...items, staying] : items.toSpliced(older, 0, staying);
}
