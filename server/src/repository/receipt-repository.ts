import type { Place } from './notification-repository.js';

/** To whom a notification went, at the moment it was sent. */
export interface Recipients {
  readonly count: number;
  /** Only where they are few. */
  readonly usernames?: readonly string[];
}

/**
 * To whom notifications went, and how far each person has received: the highest offset of each channel and lane, so that
 * a confirmation costs one number, however many notifications it is about. So one that was skipped counts as received.
 */
export abstract class ReceiptRepository {
  /** Notes where a notification lies, and to whom it went. */
  abstract keep(id: string, places: readonly Place[], recipients: Recipients): Promise<void>;
  /** Undefined when there is none of that id, or it is older than what is kept. */
  abstract recipientsOf(id: string): Promise<Recipients | undefined>;
  /** A person has received all up to this place. */
  abstract received(username: string, place: Place): void;
  /** A person has received these notifications. */
  abstract fetched(username: string, ids: readonly string[]): void;
  /** Who has received it. */
  abstract receiversOf(id: string): Promise<string[]>;
  /** Drops what a person has received, for one who is no longer there. */
  abstract forget(username: string): void;
}
