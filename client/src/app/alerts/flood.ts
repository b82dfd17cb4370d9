import { FLOOD_OVER, FLOOD_WITHIN_MS } from '#app/notification/flood-limits';
import type { InboxItem } from '@herald/client/inbox';

/** Times of the last `FLOOD_OVER` low-priority arrivals of each category, in milliseconds since 1970. */
export type FloodGauge = ReadonlyMap<string, readonly number[]>;

export interface Folded {
  gauge: FloodGauge;
  /** To show one by one, in order. */
  single: InboxItem[];
  /** Arrivals in a flood, by category and in order: to be counted. */
  folded: Map<string, InboxItem[]>;
}

/** Separates floods from arrivals to show one by one. Only low priority folds. */
export function foldFlood(gauge: FloodGauge, arrived: readonly InboxItem[], now: number): Folded {
  const times = new Map([...gauge].filter(([, of]) => now - (of.at(-1) ?? 0) < FLOOD_WITHIN_MS));
  const single: InboxItem[] = [];
  const folded = new Map<string, InboxItem[]>();
  for (const item of arrived) {
    if (item.priority !== 'low' || !isFlood(times, item.category, now)) single.push(item);
    else appendTo(folded, item);
  }
  return { gauge: times, single, folded };
}

/** Records one more arrival of the category. */
function isFlood(times: Map<string, readonly number[]>, category: string, now: number): boolean {
  const before = times.get(category) ?? [];
  times.set(category, [...before, now].slice(-FLOOD_OVER));
  return before.length === FLOOD_OVER && now - (before[0] ?? 0) < FLOOD_WITHIN_MS;
}

function appendTo(folded: Map<string, InboxItem[]>, item: InboxItem): void {
  const items = folded.get(item.category);
  if (items === undefined) folded.set(item.category, [item]);
  else items.push(item);
}
