import type { Inbox } from './inbox.ts';

/** `gone`: retracted or expired. `replaced`: `by` is the newest notification with the same key. */
export type Fate = { kind: 'gone' } | { kind: 'replaced'; by: string };

/** Why a notification is no longer there; null if it is, or if that is not known. */
export function fateOf({ gone }: Inbox, id: string): Fate | null {
  let last = gone.get(id);
  if (last === undefined) return null;
  let by: string | undefined;
  while (last !== undefined) {
    by = last.replacedBy;
    last = by === undefined ? undefined : gone.get(by);
  }
  return by === undefined ? { kind: 'gone' } : { kind: 'replaced', by };
}
