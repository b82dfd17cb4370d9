import type { Answer } from '../../../protocol/receipts.js';
import type { Place, Stretch } from './notification-repository.js';

/** The people a notification went to, at the moment it was sent. */
export interface Recipients {
  readonly count: number;
  /** Only where they are few. */
  readonly usernames?: readonly string[];
  has(username: string): boolean;
}

/**
 * Receipts of notifications: to whom each went, who has received it, and what they answered. What every adapter guarantees:
 * - they live as long as their notification: they are there while it is found, and take no room once it is gone.
 * - an entry counts as received only if it was named; whatever lies before it in its lane does not. An acknowledgement of
 *   a stretch costs the same however many notifications are in it.
 * - the latest `ANSWERS_KEPT_MAX` answers of a person to a notification are kept.
 */
export abstract class ReceiptRepository {
  /** Notes where a notification lies, and to whom it went. One that is gone by now is ignored. */
  abstract keep(id: string, places: readonly Place[], recipients: Recipients): Promise<void>;
  /** Undefined when there is no such notification any more. */
  abstract recipientsOf(id: string): Promise<Recipients | undefined>;
  /** A person has received these entries. */
  abstract received(username: string, stretch: Stretch): void;
  /** A person has received these notifications. */
  abstract fetched(username: string, ids: readonly string[]): void;
  /** The people who have received it. */
  abstract receiversOf(id: string): Promise<string[]>;
  /** A person answers a notification. @returns the other answer that this one takes the place of; undefined when there is none */
  abstract answer(username: string, id: string, answer: Answer): Promise<Answer | undefined>;
  /** Answers to a notification, the latest last, by person. */
  abstract answersOf(id: string): Promise<ReadonlyMap<string, readonly Answer[]>>;
  /** Drops everything a person has received and answered, for one who is no longer there. */
  abstract forget(username: string): void;
}
