import type { Notification, Priority } from './notification.js';

/** What a person may do with a notification in their inbox. What is absent stays as it is. */
export interface StateChange {
  read?: boolean;
  archived?: boolean;
  /** Instant until which it is put away, ISO 8601; null: not any longer. */
  snoozedUntil?: string | null;
}

/** A notification as it is for one person. */
export interface InboxItem extends Notification {
  read: boolean;
  archived: boolean;
  /** Null when it is not snoozed. When a snooze ends, it is unread again. */
  snoozedUntil: string | null;
  /** The person has confirmed that they have seen it. */
  acknowledged?: true;
  /** Label of the action that the person has chosen. */
  acted?: string;
  /** Event of that action. */
  actedEvent?: string;
}

/** inbox: neither archived nor snoozed. snoozed: those that are not archived. */
export const VIEWS = ['inbox', 'archived', 'snoozed', 'all'] as const;
export type View = (typeof VIEWS)[number];

/** Of a search, in UTF-16 code units. */
export const SEARCH_MAX = 200;
/** Words of a search. A single letter is one: in some scripts it is a whole word. */
export const SEARCH_WORDS_MAX = 8;
/** Notifications that one change may name. */
export const CHANGE_IDS_MAX = 500;
/** Notifications that match a filter and are changed by one request; `nextUpTo` continues. */
export const CHANGE_MATCHES_MAX = 10_000;

/** Which of a person's notifications are meant: all that is said must hold. */
export interface InboxFilter {
  view: View;
  /** Only those that are not read. */
  unread?: boolean;
  /** One of these. */
  priority?: Priority[];
  category?: string;
  topic?: string;
  /** Stored then or later, ISO 8601. */
  from?: string;
  /** Stored before then, ISO 8601. */
  to?: string;
  /** Up to `SEARCH_WORDS_MAX` words, each of which must occur in title, message, category, sender or tags; upper and lower case are the same. */
  q?: string;
}

/** How many notifications a person has. */
export interface InboxCounts {
  /** In the inbox and not read. */
  unread: number;
  /** Neither archived nor snoozed. */
  inbox: number;
  archived: number;
  /** Snoozed and not archived. */
  snoozed: number;
}

/** One page of `GET /api/notifications`, newest first. */
export interface InboxPage {
  items: InboxItem[];
  /** Pass as `before` for the next page; null at the end. */
  nextCursor: string | null;
  counts: InboxCounts;
  /** Categories that count as read as they come. */
  muted: string[];
  /** Orders the answer among the entries of the log: it holds what entries up to this id have brought. */
  asOf: string;
}

/** Notifications that were snoozed until the same instant. */
export interface SnoozedTogether {
  ids: string[];
  snoozedUntil: string;
}

/** Answer to a change. */
export interface InboxChanged {
  /** What has changed; the others were so already, or are not there. The reverse change on these undoes it. */
  ids: string[];
  /** Those of them that were snoozed until another time, where that was changed: what undoes it for these. */
  wereSnoozed?: SnoozedTogether[];
  counts: InboxCounts;
  /** As of a page. */
  asOf: string;
  /** More than `CHANGE_MATCHES_MAX` match the filter: repeat the change with this as `upTo` for the older ones. */
  nextUpTo?: string;
}
