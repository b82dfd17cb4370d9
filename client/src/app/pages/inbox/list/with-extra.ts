import type { InboxItem } from '@herald/client/inbox';

/**
 * Adds notifications to a list that does not have them, in its order: such as the open one, which has left the list by
 * being read. Without it, a step to the next one would start from the wrong place.
 * @param items newest first
 */
export function withExtra(items: readonly InboxItem[], extra: readonly InboxItem[]): readonly InboxItem[] {
  const listed = new Set(items.map(({ id }) => id));
  const added = extra.filter(({ id }) => !listed.has(id));
  if (added.length === 0) return items;
  return [...items, ...added].sort((a, b) => (a.id < b.id ? 1 : -1));
}
