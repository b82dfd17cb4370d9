import { FLOOD_OVER, FLOOD_WITHIN_MS } from '#app/notification/flood-limits';
import type { InboxItem } from '@herald/client/inbox';

/**
 * A row of the list: one notification, or a flood that expands on request. `key` is stable while a flood grows at its
 * newest end.
 */
export type Row<T> =
  { kind: 'one'; key: string; item: T } | { kind: 'fold'; key: string; category: string; items: readonly T[] };

/**
 * Folds each flood of the list into one row: neighbours of low priority and one category, of which more than
 * `FLOOD_OVER` in a row came within 10 s. Loses nothing and keeps the order. Arrivals from while the page was away fold
 * separately.
 * @param items newest first
 */
export function foldedRows<T extends InboxItem>(items: readonly T[]): Row<T>[] {
  const rows: Row<T>[] = [];
  let next = 0;
  for (const { start, end } of floodsIn(items)) {
    rows.push(...items.slice(next, start).map(oneRow));
    rows.push(foldRow(items.slice(start, end)));
    next = end;
  }
  return [...rows, ...items.slice(next).map(oneRow)];
}

function oneRow<T extends InboxItem>(item: T): Row<T> {
  return { kind: 'one', key: item.id, item };
}

function foldRow<T extends InboxItem>(items: readonly T[]): Row<T> {
  const oldest = items.at(-1);
  return { kind: 'fold', key: `fold ${oldest?.id ?? ''}`, category: oldest?.category ?? '', items };
}

/** Ranges of floods, in order and disjoint; `end` is exclusive. */
function floodsIn(items: readonly InboxItem[]): { start: number; end: number }[] {
  const floods: { start: number; end: number }[] = [];
  let runStart = 0;
  items.forEach((item, i) => {
    const before = items[i - 1];
    if (before === undefined || !areAlike(before, item)) runStart = i;
    const start = i - FLOOD_OVER;
    const first = items[start];
    if (item.priority !== 'low' || first === undefined || start < runStart || !areClose(first, item)) return;
    const last = floods.at(-1);
    if (last !== undefined && start < last.end) last.end = i + 1;
    else floods.push({ start, end: i + 1 });
  });
  return floods;
}

function areAlike(one: InboxItem, other: InboxItem): boolean {
  return one.priority === other.priority && one.category === other.category && one.isLate === other.isLate;
}

function areClose(one: InboxItem, other: InboxItem): boolean {
  return Math.abs(Date.parse(one.createdAt) - Date.parse(other.createdAt)) < FLOOD_WITHIN_MS;
}
