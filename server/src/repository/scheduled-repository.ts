import type { ScheduledNotification } from '../../../protocol/scheduled.js';

/** How much may wait: of the sender of a new one their number and their bytes, and the bytes of all senders. */
export interface ScheduledLimits {
  readonly count: number;
  readonly bytes: number;
  readonly bytesOfAll: number;
}

/** Which of those that wait are asked for. */
export interface ScheduledQuery {
  /** Undefined: of all. */
  readonly sender?: string;
  /** At most, from 1. */
  readonly limit: number;
  /** Only those behind this one, which need not be there any more. */
  readonly after?: { readonly at: string; readonly id: string };
}

/**
 * Notifications that are to be sent later. What every adapter guarantees:
 * - `add` is atomic: of two at once, the second sees what the first has stored.
 * - `take` is atomic: of two who take the same one, one gets it. So it is sent or cancelled, and never both.
 * - one with a `problem` is not due any more.
 */
export abstract class ScheduledRepository {
  /**
   * Stores a new one; resolves once it is stored.
   * @param limits those with a problem count as well
   * @returns the limit that it would exceed; then nothing is stored
   */
  abstract add(scheduled: ScheduledNotification, limits: ScheduledLimits): Promise<keyof ScheduledLimits | undefined>;
  /** Stores one again that was taken, whatever its sender has; resolves once it is stored. One of the same id is replaced. */
  abstract save(scheduled: ScheduledNotification): Promise<void>;
  /** Those of a sender, or all; soonest first, and of one instant by id. */
  abstract list(query: ScheduledQuery): Promise<ScheduledNotification[]>;
  abstract find(id: string): Promise<ScheduledNotification | undefined>;
  /** Removes it. @returns false when it is not there (any more) */
  abstract take(id: string): Promise<boolean>;
  /** When the first one later than `after` is due, ISO 8601; undefined while none is. */
  abstract nextDue(after: string): Promise<string | undefined>;
  /** Up to `limit` of what is due by `now`, soonest first. */
  abstract dueBy(now: string, limit: number): Promise<ScheduledNotification[]>;
  /** Drops all of a sender, for one who is no longer there. */
  abstract forget(sender: string): Promise<void>;
}
