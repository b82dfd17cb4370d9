import type { Answer } from '@herald/protocol';
import type { Stretch } from './notification-repository.js';

/** The recipients of a notification, as of the moment it was sent. */
export interface Recipients {
  readonly count: number;
  /** Only where they are few. */
  readonly usernames?: readonly string[];
  has(username: string): boolean;
}

/**
 * Receipts of notifications: their recipients, who has received them, and the answers. Every adapter guarantees:
 * - the recipients of a notification are stored with it: the accounts in its audience at that moment.
 * - receipts live exactly as long as their notification.
 * - an entry counts as received only if it was reported; earlier entries of its lane do not. The cost of reporting a
 *   stretch does not depend on its length.
 * - reports that an entry was received may be stored together a moment later, so a crash may lose the last of them.
 * - the latest `ANSWERS_KEPT_MAX` answers of a person to a notification are kept.
 */
export abstract class ReceiptRepository {
  /** Undefined when the notification is gone. */
  abstract recipientsOf(id: string): Promise<Recipients | undefined>;
  /** A person has received these entries. */
  abstract received(username: string, stretch: Stretch): Promise<void>;
  /** A person has received these notifications. */
  abstract fetched(username: string, ids: readonly string[]): Promise<void>;
  /** The people who have received the notification. */
  abstract receiversOf(id: string): Promise<string[]>;
  /**
   * Stores a person's answer to a notification.
   * @returns the different answer that it replaces; undefined if there is none
   */
  abstract answer(username: string, id: string, answer: Answer): Promise<Answer | undefined>;
  /** Answers to a notification by person, the latest last. */
  abstract answersOf(id: string): Promise<ReadonlyMap<string, readonly Answer[]>>;
}
