import type { Notification } from './notification.js';

/** Up to so many recipients are told by name. */
export const NAMED_RECIPIENTS_MAX = 50;

/** What has become of a notification; answer of `GET /api/notifications/:id/receipts`. Each is a number of people. */
export interface Receipts {
  /** Whom it reached by their channels when it was sent; where they are named, without accounts that were removed since. */
  recipients: number;
  /** Whose page or program has confirmed to have received it, or has fetched it. */
  delivered: number;
  read: number;
  /** Who chose an action that is an event. */
  acted: number;
  acknowledged: number;
  /** For each action that is an event, in its order: how many have chosen it. */
  choices: Choice[];
  /** By name, where there are at most `NAMED_RECIPIENTS_MAX`. */
  people?: PersonalReceipt[];
}

export interface Choice {
  label: string;
  event: string;
  count: number;
}

export interface PersonalReceipt {
  username: string;
  delivered: boolean;
  read: boolean;
  /** Label of the action that they have chosen, and its event. */
  acted: string | null;
  event: string | null;
  acknowledged: boolean;
}

/** Answer of `GET /api/notifications/sent`, newest first. */
export interface SentPage {
  items: Notification[];
  /** Pass as `before` for the next page; null at the end. */
  nextCursor: string | null;
}
