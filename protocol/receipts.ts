import type { InboxItem } from './inbox.ts';
import type { Notification } from './notification.ts';

/** Most recipients that are listed by name. */
export const NAMED_RECIPIENTS_MAX = 50;
/** Answers of one person to one notification that are kept: the latest ones. */
export const ANSWERS_KEPT_MAX = 10;

/** Answer of `GET /api/notifications/:id/receipts`. Each field counts recipients; people who join later are none. */
export interface Receipts {
  /**
   * People in its channels when it was sent; if they are few, without accounts removed since. If a sender who is not an
   * administrator named people beside a topic or role, all numbers cover only those people: otherwise they would reveal
   * who follows it.
   */
  recipients: number;
  /** Recipients whose page or program has acknowledged or fetched it. */
  delivered: number;
  read: number;
  /** Recipients who chose an action that is an event. */
  acted: number;
  acknowledged: number;
  /** Number of recipients for each action that is an event, in the order of the actions. */
  choices: Choice[];
  /**
   * By name, if there are at most `NAMED_RECIPIENTS_MAX`: for administrators, and for a sender who named them
   * in the audience. Nobody else learns who follows a topic.
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
  /** All their answers, the latest last; absent until they answer. The latest one counts. */
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
  /** The person's earlier, different answer that this one replaces. */
  replacedAnswer?: Answer;
}

/** Answer of `GET /api/notifications/sent`, newest first. */
export interface SentPage {
  items: Notification[];
  /** Pass as `before` for the next page; null at the end. */
  nextCursor: string | null;
}
