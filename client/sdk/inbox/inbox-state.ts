import type { InboxCounts } from '@herald/protocol';
import { countsOf } from './counts-of.ts';
import { EMPTY_INBOX, type Inbox } from './inbox.ts';
import type { InboxItem } from './inbox-item.ts';
import { itemsOf, shownOf } from './items-of.ts';
import { countsWithPending, type Pending, withPending } from './pending.ts';
import { unconfirmedOf } from './unconfirmed.ts';

/** State of a `HeraldInbox`. It is never mutated: a change makes another object. */
export interface InboxState {
  readonly inbox: Inbox;
  /** Changes that are shown already, while the server is asked for them. */
  readonly pending: readonly Pending[];
  /** Ids of those that came while the client was away, until they are seen. */
  readonly lateIds: ReadonlySet<string>;
  /** State of the query's first page. */
  readonly loading: 'loading' | 'ready' | 'failed';
  /** Error of the request for that page; null unless it has failed. */
  readonly error: unknown;
  readonly isLoadingOlder: boolean;
  /** The list has only what is known here: the server could not be asked for the rest. */
  readonly isPartial: boolean;
  /** Time at which the kept copy that is shown was true, in milliseconds since 1970; null if no copy is shown. */
  readonly keptAt: number | null;
}

export const EMPTY_STATE: InboxState = {
  inbox: EMPTY_INBOX,
  pending: [],
  lateIds: new Set(),
  loading: 'loading',
  error: null,
  isLoadingOlder: false,
  isPartial: false,
  keptAt: null,
};

/** All notifications that are held, with changes under way, newest first. */
export function heldIn({ inbox, pending }: InboxState): readonly InboxItem[] {
  return withPending(itemsOf(inbox), pending);
}

/**
 * The list: notifications that match the filter, as far as they are loaded, newest first.
 * @param held notifications of this state, if they are at hand
 */
export function listIn(state: InboxState, held = heldIn(state)): readonly InboxItem[] {
  const { inbox, lateIds } = state;
  const shown = shownOf(inbox, held);
  return lateIds.size === 0 ? shown : shown.map((item) => (lateIds.has(item.id) ? { ...item, isLate: true } : item));
}

/** The newest notifications that the person must confirm, wherever they stand. @param held as of `listIn` */
export function unconfirmedIn(state: InboxState, held = heldIn(state)): readonly InboxItem[] {
  return unconfirmedOf(held);
}

/** Counts of the whole inbox, whatever the filter, with changes under way. */
export function countsIn({ inbox, pending }: InboxState): InboxCounts {
  return countsWithPending(countsOf(inbox), itemsOf(inbox), pending);
}
