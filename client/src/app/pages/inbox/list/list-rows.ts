import type { InboxItem } from '@herald/client/inbox';
import { dayLabel, startOfDay } from './day-label';
import { foldedRows } from './folded-rows';

/** The rows of the list. `position` counts notifications and folds from 1, for screen readers. */
export type ListRow =
  | { kind: 'label'; key: string; text: string }
  | { kind: 'one'; key: string; item: InboxItem; position: number; isInFold: boolean }
  | { kind: 'fold'; key: string; category: string; items: readonly InboxItem[]; position: number; isOpen: boolean };

/** A row that one can go to. */
export type EntryRow = Exclude<ListRow, { kind: 'label' }>;

/** The notifications of a row. */
export function itemsIn(row: EntryRow): readonly InboxItem[] {
  return row.kind === 'one' ? [row.item] : row.items;
}

/**
 * The rows of a list: the pinned ones, arrivals from while the page was away, then the others day by day. Floods are
 * folded unless they are open.
 * @param items newest first
 * @param pinned ids of items that stand above all others. The key of such a row is another one than after it is unpinned,
 * so that the focus does not go with it
 * @param now milliseconds since 1970, in the zone of the machine
 */
export function listRows(
  items: readonly InboxItem[],
  { openFolds, pinned }: { openFolds: ReadonlySet<string>; pinned: ReadonlySet<string> },
  now: number,
  locale: string,
): ListRow[] {
  const rows: ListRow[] = [];
  let group: Group | null = null;
  let position = 0;
  let groups = 0;
  for (const item of items.filter(({ id }) => pinned.has(id))) {
    if (position === 0)
      rows.push({ kind: 'label', key: 'label pinned', text: $localize`:@@list.unconfirmed:To confirm` });
    rows.push({ kind: 'one', key: `pinned ${item.id}`, item, position: ++position, isInFold: false });
  }
  for (const row of foldedRows(items.filter(({ id }) => !pinned.has(id)))) {
    const newest = row.kind === 'one' ? row.item : row.items[0];
    if (newest === undefined) continue;
    if (group === null || !isIn(group, newest)) {
      group = groupOf(newest, now, locale);
      rows.push({ kind: 'label', key: `label ${++groups}`, text: group.text });
    }
    if (row.kind === 'one') rows.push({ ...row, position: ++position, isInFold: false });
    else {
      const isOpen = openFolds.has(row.key);
      rows.push({ ...row, position: ++position, isOpen });
      if (isOpen)
        for (const item of row.items)
          rows.push({ kind: 'one', key: item.id, item, position: ++position, isInFold: true });
    }
  }
  return rows;
}

/** `isLate`, or those of one day: from its start to the next one's, in milliseconds since 1970. */
interface Group {
  text: string;
  isLate: boolean;
  from: number;
  to: number;
}

function isIn({ isLate, from, to }: Group, item: InboxItem): boolean {
  const at = Date.parse(item.createdAt);
  return isLate === item.isLate && (isLate || (at >= from && at < to));
}

function groupOf({ isLate, createdAt }: InboxItem, now: number, locale: string): Group {
  const at = Date.parse(createdAt);
  const text = isLate ? $localize`:@@list.away:While you were away` : dayLabel(at, now, locale);
  return { text, isLate, from: startOfDay(at), to: startOfDay(at, 1) };
}
