import type { Notification } from '../../../../../../protocol/notification';

/** Kept in memory; older ones are a page away. */
export const ITEMS_MAX = 1000;

/**
 * The list with these notifications in their places: newest first, each id once. What is beyond `ITEMS_MAX` is dropped
 * from the old end, unless `keepOlder`: then the person has asked for it.
 */
export function withNotifications(
  list: readonly Notification[],
  added: readonly Notification[],
  keepOlder = false,
): readonly Notification[] {
  const byId = new Map([...list, ...added].map((notification) => [notification.id, notification]));
  if (byId.size === list.length) return list;
  const sorted = [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  return keepOlder ? sorted : sorted.slice(0, Math.max(ITEMS_MAX, list.length));
}
