import type { InboxItem } from '@herald/protocol';
import type { Mark } from '../../inbox-repository.js';
import { notificationIn } from '../log/entry-rows.js';

/** A notification as a reader finds it. */
export interface InboxRow {
  readonly id: string;
  readonly entry: string;
  readonly mark: string | null;
  readonly muted: number;
}

export function itemIn({ entry, mark, muted }: InboxRow): InboxItem {
  const marked = markIn(mark);
  const { read = muted === 1, archived = false, snoozedUntil = null } = marked;
  return { ...notificationIn(entry), ...marked, read, archived, snoozedUntil };
}

export function markIn(mark: string | null): Mark {
  return JSON.parse(mark ?? '{}') as Mark;
}

/** The view in which a notification with this mark is, as in the table `marks`. */
export function viewOf({ archived = false, snoozedUntil = null }: Mark): number {
  if (archived) return 1;
  return snoozedUntil === null ? 0 : 2;
}
