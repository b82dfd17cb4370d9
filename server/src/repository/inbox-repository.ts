import type { InboxChanged, InboxFilter, InboxItem, InboxPage, StateChange } from '@herald/protocol';

/** Whose inbox, and what decides what is in it. */
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

/** All that a person may do with a notification. */
export type Mark = StateChange & { acknowledged?: true; acted?: string; actedEvent?: string };

/** What one person did with a notification. */
export interface PersonalMark {
  readonly username: string;
  readonly mark: Mark;
}

/**
 * What people have done with their notifications, and what they find there. What every adapter guarantees:
 * - a page is newest first, by id, and holds a notification once, in however many of the channels it is. What arrives
 *   between two pages is neither on the second nor makes it miss one. It shows the state at its beginning, although a long
 *   search takes several turns of the event loop: later notifications are not in it, and neither are removed ones.
 * - `change` of up to `CHANGE_IDS_MAX` notifications is atomic. A larger one selects at its beginning and makes several
 *   such changes, with turns of the event loop between them. A filter selects the newest `CHANGE_MATCHES_MAX` that match;
 *   if there are more, `nextUpTo` of the answer is the `upTo` of the others. It stores what has changed, and appends it as
 *   entries `state` to the channel of the user, each with the counts as of it; nothing where nothing has changed. What is not in the person's channels is left out;
 *   only a snooze that has ended is over there too, without an entry: it must not last when they come back.
 *   Where it changes until when, it tells until when each was snoozed.
 * - what nobody has touched takes no room.
 */
export abstract class InboxRepository {
  abstract page(reader: Reader, query: InboxQuery): Promise<InboxPage>;
  abstract find(reader: Reader, id: string): Promise<InboxItem | undefined>;
  /** What people did with a notification, of those who did anything. */
  abstract marksOf(id: string): Promise<PersonalMark[]>;
  abstract change(reader: Reader, selection: Selection, mark: Mark): Promise<InboxChanged>;
  /** When the first snooze later than `after` ends, ISO 8601; undefined while none does. */
  abstract nextSnoozeEnd(after: string): Promise<string | undefined>;
  /** Up to `limit` people with a snooze that ends by `now`. */
  abstract sleepersBy(now: string, limit: number): Promise<string[]>;
}
