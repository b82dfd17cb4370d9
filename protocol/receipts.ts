import type { InboxItem } from './inbox.js';
import type { Notification } from './notification.js';

/** Up to so many recipients are told by name. */
export const NAMED_RECIPIENTS_MAX = 50;
/** Answers kept of one person to one notification: the latest ones. */
export const ANSWERS_KEPT_MAX = 10;

/** Answer of `GET /api/notifications/:id/receipts`. Each is a number of recipients; whoever joins a channel later is none. */
export interface Receipts {
  /**
   * People in its channels when it was sent; where there are few, without accounts that were removed since. If a sender who
   * is no administrator named people beside a topic or role, all numbers are of those people alone: else they would
   * tell who follows it.
   */
  recipients: number;
  /** Their page or program has acknowledged it, or has fetched it. */
  delivered: number;
  read: number;
  /** They chose an action that is an event. */
  acted: number;
  acknowledged: number;
  /** For each action that is an event, in its order: how many have chosen it. */
  choices: Choice[];
  /**
   * By name, where there are at most `NAMED_RECIPIENTS_MAX`: for administrators, and for a sender who named them
   * in the audience. Nobody else is told who follows a topic.
   */
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
  /** All that they have answered, the latest last; absent until they answer. The latest holds. */
  answers?: Answer[];
}

/** An action that a person has chosen. */
export interface Answer {
  label: string;
  event: string;
  /** ISO 8601. */
  at: string;
}

/** Answer of `POST /api/notifications/:id/actions/:index`. */
export interface Answered extends InboxItem {
  /** The person's earlier, other answer that this one takes the place of. */
  replacedAnswer?: Answer;
}

/** Answer of `GET /api/notifications/sent`, newest first. */
export interface SentPage {
  items: Notification[];
  /** Pass as `before` for the next page; null at the end. */
  nextCursor: string | null;
}
