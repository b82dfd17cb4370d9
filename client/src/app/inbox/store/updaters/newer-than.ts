import type { Notification } from '../../../../../../protocol/notification';

/** Those that the list does not hold and that are newer than its newest: what came while the page was away. Oldest first. */
export function newerThan(list: readonly Notification[], found: readonly Notification[]): readonly Notification[] {
  const newest = list[0]?.id ?? '';
  return found.filter(({ id }) => id > newest).reverse();
}
