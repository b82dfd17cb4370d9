import type { InboxCounts, StateChange } from '@herald/protocol';
import { count } from './counts-of.ts';
import type { InboxItem } from './inbox-item.ts';

/** A change that is shown already, while the server is asked for it. */
export interface Pending {
  readonly ids: ReadonlySet<string>;
  readonly change: StateChange;
}

export function withPending(items: readonly InboxItem[], pending: readonly Pending[]): readonly InboxItem[] {
  if (pending.length === 0) return items;
  return items.map((item) => changed(item, pending));
}

/** Counts as they will be once what is pending is done to these. */
export function countsWithPending(
  counts: InboxCounts,
  items: readonly InboxItem[],
  pending: readonly Pending[],
): InboxCounts {
  if (pending.length === 0) return counts;
  const adjusted = { ...counts };
  for (const item of items) {
    count(adjusted, item, -1);
    count(adjusted, changed(item, pending), 1);
  }
  return adjusted;
}

function changed(item: InboxItem, pending: readonly Pending[]): InboxItem {
  return pending.reduce((before, { ids, change }) => (ids.has(item.id) ? { ...before, ...change } : before), item);
}
