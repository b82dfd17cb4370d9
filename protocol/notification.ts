/** Priorities, most urgent first. Each is a lane of its channel: high overtakes entries that wait in the others. */
export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Limits in UTF-16 code units, the same for the server's validation and the page's form. */
export const TITLE_MAX = 200;
export const MESSAGE_MAX = 4000;
export const CATEGORY_MAX = 50;
/** A category is one word: visible letters and digits of any script, with `.`, `_`, `-` inside. */
export const CATEGORY_PATTERN = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

export const URL_MAX = 2000;
export const ACTIONS_MAX = 3;
export const ACTION_LABEL_MAX = 40;
export const TAGS_MAX = 8;
export const TAG_MAX = 50;
/** A tag is one word, or the short code of an emoji, such as `warning` and `+1`. */
export const TAG_PATTERN = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}+-][\p{L}\p{N}._+-]*$/u;
export const KEY_MAX = 100;
/** Size of `data` as JSON, and levels of its objects and lists, itself included. */
export const DATA_MAX_BYTES = 8192;
export const DATA_DEPTH_MAX = 8;

/** A button below a notification: links to an address, or reports its event to the sender. */
export type Action = { label: string; url: string } | { label: string; event: string };

/** Whether a page may link to this address: absolute http or https, which runs no script, and without user info. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text) && !hasUserInfo(text);
}

/**
 * Whether an address has a name or a password in front of its host: `https://bank.example@elsewhere.example` leads
 * elsewhere.
 */
export function hasUserInfo(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}

/** A notification as its sender supplies it. */
export interface NotificationDraft {
  title: string;
  message: string;
  priority: Priority;
  category: string;
  /** Names of the channels it goes to, 1 to 16, without duplicates; absent: everyone. */
  audience?: string[];
  /** Target of a click: http or https only. */
  url?: string;
  actions?: Action[];
  /** Words; short codes of emoji are shown as emoji. */
  tags?: string[];
  /** The message is Markdown; absent: plain text. Never HTML. */
  markdown?: true;
  /** Instant at which it leaves every inbox, ISO 8601. */
  expiresAt?: string;
  /** Instant at which it is sent, ISO 8601; at most a year ahead. */
  deliverAt?: string;
  /** A later notification of the same sender with the same key replaces this one. */
  key?: string;
  /** Each recipient must confirm that they have seen it; only with priority high. */
  requiresAck?: true;
  /** Anything else that programs want to know, as JSON of at most 8 KB. */
  data?: Record<string, unknown>;
}

/** A stored notification. */
export interface Notification extends Omit<NotificationDraft, 'deliverAt'> {
  /** The channels it was stored in, without duplicates. */
  audience: string[];
  /** UUID version 7 (RFC 9562): sorts by creation, so it is also the paging cursor. */
  id: string;
  /** Name of the user or app that sent it. */
  sender: string;
  /** Username of the owner of the app that sent it; absent for an app of an administrator. */
  owner?: string;
  /** Id of the notification that it replaced, which is gone. */
  replaces?: string;
  /** Instant of storage, ISO 8601 in UTC with milliseconds. */
  createdAt: string;
}
