/** Priorities, most urgent first. Each is a lane of its channel: high overtakes what waits in the others. */
export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Limits in UTF-16 code units, the same for the server's validation and the page's form. */
export const TITLE_MAX = 200;
export const MESSAGE_MAX = 4000;
export const CATEGORY_MAX = 50;
/** A category is one word: letters and digits of any script, with `.`, `_`, `-` inside. */
export const CATEGORY_PATTERN = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** What a sender supplies. */
export interface NotificationDraft {
  title: string;
  message: string;
  priority: Priority;
  category: string;
  /** Names of the channels it goes to, 1 to 16 of them, each once; without: to everyone. */
  audience?: string[];
}

/** A stored notification. */
export interface Notification extends NotificationDraft {
  /** The channels it was stored in, once each. */
  audience: string[];
  /** UUID version 7 (RFC 9562): sorts by creation, so it is also the paging cursor. */
  id: string;
  /** Username of the person or program that sent it. */
  sender: string;
  /** Instant of storage, ISO 8601 in UTC with milliseconds. */
  createdAt: string;
}
