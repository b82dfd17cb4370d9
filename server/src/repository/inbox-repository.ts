import type { InboxChanged, InboxFilter, InboxItem, InboxPage, StateChange } from '@herald/protocol';

/** A person, and the settings that decide which notifications are in their inbox. */
export interface Reader {
  readonly username: string;
  readonly channels: readonly string[];
  /** Categories that count as read, unless the person has marked one as unread. */
  readonly muted: readonly string[];
}

export interface InboxQuery {
  filter: InboxFilter;
  /** Most items to return, from 1. */
  limit: number;
  /** Only notifications older than this id. */
  before?: string;
}

/**
 * The notifications to change: these; all that match the filter, if `upTo` is given only those up to that id; or those
 * that are snoozed until that instant or earlier.
 */
export type Selection = { ids: readonly string[] } | { filter: InboxFilter; upTo?: string } | { snoozedUntil: string };

/** Everything that a person may do with a notification. */
export type Mark = StateChange & { acknowledged?: true; acted?: string; actedEvent?: string; actedAt?: string };

/** The mark of one person on a notification. */
export interface PersonalMark {
  readonly username: string;
  readonly mark: Mark;
}

/**
 * People's inboxes, and their marks on notifications. Every adapter guarantees:
 * - a page is sorted by id, newest first, and holds a notification once, even if it is in several of the channels. A
 *   notification that arrives between two pages is not on the second, and makes it miss none. A page shows the state at
 *   its beginning, although a long search takes several turns of the event loop: later notifications are not in it, and
 *   neither are removed ones.
 * - `change` of up to `CHANGE_IDS_MAX` notifications is atomic. A larger one selects at its beginning and makes several
 *   such changes, with turns of the event loop between them. A filter selects the newest `CHANGE_MATCHES_MAX` that
 *   match; if there are more, `nextUpTo` of the answer is the `upTo` of the others.
 * - a change appends an entry `state` to the channel of the user, with the counts after it, in the same transaction; it
 *   appends none if nothing has changed. Notifications outside the person's channels are not changed, with one
 *   exception: an expired snooze is cleared there too, silently, so that it is gone if the person rejoins.
 * - a change of `snoozedUntil` returns the previous ends, for undo.
 * - a notification without marks takes no memory for a person.
 */
export abstract class InboxRepository {
  abstract page(reader: Reader, query: InboxQuery): Promise<InboxPage>;
  abstract find(reader: Reader, id: string): Promise<InboxItem | undefined>;
  /** The marks on a notification, of all people who have one. */
  abstract marksOf(id: string): Promise<PersonalMark[]>;
  abstract change(reader: Reader, selection: Selection, mark: Mark): Promise<InboxChanged>;
  /** When the first snooze later than `after` ends, ISO 8601; undefined while none does. */
  abstract nextSnoozeEnd(after: string): Promise<string | undefined>;
  /** Up to `limit` people with a snooze that ends by `now`. */
  abstract sleepersBy(now: string, limit: number): Promise<string[]>;
}
