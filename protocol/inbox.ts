import type { Notification, Priority } from './notification.ts';

/** A person's change to a notification in their inbox. Absent fields stay unchanged. */
export interface StateChange {
  read?: boolean;
  archived?: boolean;
  /** Instant until which it is snoozed, ISO 8601; null ends the snooze. */
  snoozedUntil?: string | null;
}

/** A notification with its state for one person. */
export interface InboxItem extends Notification {
  read: boolean;
  archived: boolean;
  /** Null when it is not snoozed. When a snooze ends, the notification is unread again. */
  snoozedUntil: string | null;
  /** The person has confirmed that they have seen it. */
  acknowledged?: true;
  /** Label of the action that the person has chosen. */
  acted?: string;
  /** Event of that action. */
  actedEvent?: string;
  /** When they chose it, ISO 8601. */
  actedAt?: string;
}

/** inbox: neither archived nor snoozed. snoozed: snoozed and not archived. */
export const VIEWS = ['inbox', 'archived', 'snoozed', 'all'] as const;
export type View = (typeof VIEWS)[number];

/** Length of a search, in UTF-16 code units. */
export const SEARCH_MAX = 200;
/** Words of a search. A single letter counts, since it is a whole word in some scripts. */
export const SEARCH_WORDS_MAX = 8;
/** Notifications that one change may name. */
export const CHANGE_IDS_MAX = 500;
/** Notifications that match a filter and are changed by one request; `nextUpTo` continues. */
export const CHANGE_MATCHES_MAX = 10_000;

/** Selects some of a person's notifications: all given conditions must hold. */
export interface InboxFilter {
  view: View;
  /** Only unread ones. */
  unread?: boolean;
  /** Only those that require a confirmation and do not have it yet. */
  unconfirmed?: boolean;
  /** Any of these priorities. */
  priority?: Priority[];
  category?: string;
  topic?: string;
  /** Name of the user or app that sent it. */
  sender?: string;
  /** Stored at this instant or later, ISO 8601. */
  from?: string;
  /** Stored before this instant, ISO 8601. */
  to?: string;
  /** Up to `SEARCH_WORDS_MAX` words. Each must occur in title, message, category, sender or tags, in any case. */
  q?: string;
}

/** Counts of a person's notifications. */
export interface InboxCounts {
  /** In the inbox and not read. */
  unread: number;
  /** Neither archived nor snoozed. */
  inbox: number;
  archived: number;
  /** Snoozed and not archived. */
  snoozed: number;
  /** In the inbox, and not confirmed although that is required. */
  unconfirmed: number;
}

/** One page of `GET /api/notifications`, newest first. */
export interface InboxPage {
  items: InboxItem[];
  /** Pass as `before` for the next page; null at the end. */
  nextCursor: string | null;
  counts: InboxCounts;
  /** Categories whose notifications arrive as read. */
  muted: string[];
  /** Orders the answer among the entries of the log: it reflects all entries up to this id. */
  asOf: string;
}

/** Notifications that were snoozed until the same instant. */
export interface SnoozedTogether {
  ids: string[];
  snoozedUntil: string;
}

/** Answer to a change. */
export interface InboxChanged {
  /**
   * Changed notifications; the others had that state already, or do not exist. The reverse change to these undoes it.
   */
  ids: string[];
  /** For undo: those of `ids` that were snoozed until another instant, if the change replaced it. */
  wereSnoozed?: SnoozedTogether[];
  counts: InboxCounts;
  /** Like `asOf` of a page. */
  asOf: string;
  /** More than `CHANGE_MATCHES_MAX` match the filter: repeat the change with this as `upTo` for the older ones. */
  nextUpTo?: string;
}
