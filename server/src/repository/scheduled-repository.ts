import type { ScheduledNotification } from '../../../protocol/scheduled.js';

/**
 * Notifications that are to be sent later. What every adapter guarantees:
 * - `add` is atomic: of two at once, the second sees what the first has stored.
 * - `take` is atomic: of two who take the same one, one gets it. So it is sent or cancelled, and never both.
 * - one with a `problem` is not due any more.
 */
export abstract class ScheduledRepository {
  /**
   * Stores a new one; resolves once it is stored.
   * @param max that its sender may have, those with a problem included
   * @returns false, and stores nothing, when the sender has as many
   */
  abstract add(scheduled: ScheduledNotification, max: number): Promise<boolean>;
  /** Stores one again that was taken, whatever its sender has; resolves once it is stored. One of the same id is replaced. */
  abstract save(scheduled: ScheduledNotification): Promise<void>;
  /** Those of a sender, or all; soonest first. */
  abstract list(sender?: string): Promise<ScheduledNotification[]>;
  abstract find(id: string): Promise<ScheduledNotification | undefined>;
  /** Removes it. @returns false when it is not there (any more) */
  abstract take(id: string): Promise<boolean>;
  /** When the first one later than `after` is due, ISO 8601; undefined while none is. */
  abstract nextDue(after: string): Promise<string | undefined>;
  /** What is due by `now`, soonest first. */
  abstract dueBy(now: string): Promise<ScheduledNotification[]>;
  /** Drops all of a sender, for one who is no longer there. */
  abstract forget(sender: string): Promise<void>;
}
