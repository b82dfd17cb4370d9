import type { InboxItem } from '../inbox/store/inbox-item';
import { FLOOD_OVER, FLOOD_WITHIN_MS } from './flood';

/** A row of the list: one notification, or a flood that opens on request. `key` stays while a flood grows at its new end. */
export type Row<T> =
  { kind: 'one'; key: string; item: T } | { kind: 'fold'; key: string; category: string; items: readonly T[] };

/**
 * The list with each flood as one row: neighbours of low priority and one category, of which more than `FLOOD_OVER` came
 * within 10 s of each other. Nothing is lost, and the order stays. What came while the page was away is kept apart.
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

/** Where floods are, in order and apart from each other; `end` is the place behind. */
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
