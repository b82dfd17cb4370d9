import type { View } from '@herald/protocol';
import type { Mark } from './inbox-repository.js';

/** State of a notification for one person. */
export interface State {
  readonly read: boolean;
  readonly archived: boolean;
  readonly snoozedUntil: string | null;
  readonly acknowledged?: true;
}

const READ: State = { read: true, archived: false, snoozedUntil: null };
const UNREAD: State = { ...READ, read: false };

/** @param isMuted whether the person has muted its category: it counts as read, unless its mark says otherwise */
export function stateOf(mark: Mark | undefined, isMuted: boolean): State {
  const untouched = isMuted ? READ : UNREAD;
  if (mark === undefined) return untouched;
  const { read = untouched.read, archived = false, snoozedUntil = null, acknowledged } = mark;
  return acknowledged ? { read, archived, snoozedUntil, acknowledged } : { read, archived, snoozedUntil };
}

export function viewOf({ archived, snoozedUntil }: Pick<State, 'archived' | 'snoozedUntil'>): Exclude<View, 'all'> {
  if (archived) return 'archived';
  return snoozedUntil === null ? 'inbox' : 'snoozed';
}

/** Whether a notification with the mark `before` differs once it has `mark` as well. */
export function isChangedBy(mark: Mark, before: Mark | undefined, isMuted: boolean): boolean {
  const known = { ...before, ...stateOf(before, isMuted) };
  return (Object.keys(mark) as (keyof Mark)[]).some((field) => known[field] !== mark[field]);
}
