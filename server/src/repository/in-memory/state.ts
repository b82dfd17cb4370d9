import type { View } from '@herald/protocol';

/** State of a notification for one person. */
export interface State {
  readonly read: boolean;
  readonly archived: boolean;
  readonly snoozedUntil: string | null;
  readonly acknowledged?: true;
}

export function viewOf({ archived, snoozedUntil }: State): Exclude<View, 'all'> {
  if (archived) return 'archived';
  return snoozedUntil === null ? 'inbox' : 'snoozed';
}
