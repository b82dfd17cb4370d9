import type { InboxCounts, InboxItem } from '../../../protocol/inbox.js';
import type { Notification } from '../../../protocol/notification.js';

/** What a person may have done with a notification. */
export type Mark = Partial<
  Pick<InboxItem, 'read' | 'archived' | 'snoozedUntil' | 'acknowledged' | 'acted' | 'actedEvent'>
>;

/** A value that an entry has set. Of two the one of the later entry holds: the one with the larger id. */
export interface Stamped {
  readonly value: Mark[keyof Mark];
  readonly by: string;
}

/** What entries have said about one notification. */
export type Marks = ReadonlyMap<keyof Mark, Stamped>;

/** A notification, and what was said of it by whatever brought it. */
export interface Known {
  readonly notification: Notification;
  /** On a page: all of its state. Of an entry: nothing, it is new. */
  readonly mark: Mark;
  /** Id of the entry that brought it, or `asOf` of the page. */
  readonly asOf: string;
}

/**
 * All that this page knows of a person's inbox: the newest page, older ones, and what entries have said since. The
 * updaters beside this make the next one of it. They come to the same in whatever order entries and pages arrive: what
 * entries up to a page's `asOf` have said is in the page, and of two entries the one with the larger id holds.
 */
export interface Inbox {
  /** `asOf` of the newest page; empty before the first. */
  readonly asOf: string;
  readonly known: ReadonlyMap<string, Known>;
  /** What entries have said about notifications, also about those that are not known here. */
  readonly marks: ReadonlyMap<string, Marks>;
  /** Taken back or replaced, by the id of the entry that says so. */
  readonly gone: ReadonlyMap<string, string>;
  readonly counts: { readonly value: InboxCounts; readonly by: string };
  /** Categories that count as read as they come. */
  readonly muted: readonly string[];
  /** Cursor of the next older page; null at the end. */
  readonly nextCursor: string | null;
}

export const EMPTY_INBOX: Inbox = {
  asOf: '',
  known: new Map(),
  marks: new Map(),
  gone: new Map(),
  counts: { value: { unread: 0, inbox: 0, archived: 0, snoozed: 0 }, by: '' },
  muted: [],
  nextCursor: null,
};
