import type { InboxItem, View } from '@herald/protocol';
import type { Mark } from '../../inbox-repository.js';
import { stateOf } from '../../mark-state.js';
import { notificationIn } from '../log/entry-rows.js';

/** A notification as a reader finds it. */
export interface InboxRow {
  readonly id: string;
  readonly entry: string;
  readonly mark: string | null;
  readonly muted: number;
}

/** Views, at the index that they have in the table `marks`. */
export const VIEWS: readonly View[] = ['inbox', 'archived', 'snoozed'];

export function itemIn({ entry, mark, muted }: InboxRow): InboxItem {
  const marked = markIn(mark);
  return { ...notificationIn(entry), ...marked, ...stateOf(marked, muted === 1) };
}

/** The mark of a row; undefined if there is none. */
export function markIn(mark: string | null): Mark | undefined {
  return mark === null ? undefined : (JSON.parse(mark) as Mark);
}
