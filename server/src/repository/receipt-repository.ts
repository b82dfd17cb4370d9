import type { Answer } from '../../../protocol/receipts.js';
import type { Place, Stretch } from './notification-repository.js';

/** The recipients of a notification, as of the moment it was sent. */
export interface Recipients {
  readonly count: number;
  /** Only where they are few. */
  readonly usernames?: readonly string[];
  has(username: string): boolean;
}

/**
 * Receipts of notifications: their recipients, who has received them, and the answers. Every adapter guarantees:
 * - receipts live exactly as long as their notification.
 * - an entry counts as received only if it was reported; earlier entries of its lane do not. The cost of reporting a
 *   stretch does not depend on its length.
 * - the latest `ANSWERS_KEPT_MAX` answers of a person to a notification are kept.
 */
export abstract class ReceiptRepository {
  /** Stores the places and the recipients of a notification. Ignores one that is already gone. */
  abstract keep(id: string, places: readonly Place[], recipients: Recipients): Promise<void>;
  /** Undefined when the notification is gone. */
  abstract recipientsOf(id: string): Promise<Recipients | undefined>;
  /** A person has received these entries. */
  abstract received(username: string, stretch: Stretch): void;
  /** A person has received these notifications. */
  abstract fetched(username: string, ids: readonly string[]): void;
  /** The people who have received the notification. */
  abstract receiversOf(id: string): Promise<string[]>;
  /** Stores a person's answer to a notification. @returns the different answer that it replaces; undefined if there is none */
  abstract answer(username: string, id: string, answer: Answer): Promise<Answer | undefined>;
  /** Answers to a notification by person, the latest last. */
  abstract answersOf(id: string): Promise<ReadonlyMap<string, readonly Answer[]>>;
  /** Removes the receipts and answers of a person whose account was removed. */
  abstract forget(username: string): void;
}
