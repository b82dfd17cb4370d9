import type { ScheduledNotification } from '../../../protocol/scheduled.js';

/**
 * Limits for scheduled notifications: number and bytes of one sender, and bytes of all senders. A sender may always use
 * the `reserved` bytes, so that a few others can't take all.
 */
export interface ScheduledLimits {
  readonly count: number;
  readonly bytes: number;
  readonly bytesOfAll: number;
  readonly reserved: number;
}

/** A query for scheduled notifications. */
export interface ScheduledQuery {
  /** Undefined: all senders. */
  readonly sender?: string;
  /** Maximum number of results, at least 1. */
  readonly limit: number;
  /** Only results behind this one, which need not exist any more. */
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
   * @param limits notifications with a problem count as well
   * @returns the exceeded limit, if any; then nothing is stored
   */
  abstract add(scheduled: ScheduledNotification, limits: ScheduledLimits): Promise<keyof ScheduledLimits | undefined>;
  /** Stores one again that was taken, whatever its sender has; resolves once it is stored. One of the same id is replaced. */
  abstract save(scheduled: ScheduledNotification): Promise<void>;
  /** Scheduled notifications, soonest first, and by id within an instant. */
  abstract list(query: ScheduledQuery): Promise<ScheduledNotification[]>;
  abstract find(id: string): Promise<ScheduledNotification | undefined>;
  /** Removes it. @returns false when it is not there (any more) */
  abstract take(id: string): Promise<boolean>;
  /** When the first one later than `after` is due, ISO 8601; undefined while none is. */
  abstract nextDue(after: string): Promise<string | undefined>;
  /** Up to `limit` notifications that are due by `now`, soonest first. */
  abstract dueBy(now: string, limit: number): Promise<ScheduledNotification[]>;
  /** Drops all of a sender, for one who is no longer there. */
  abstract forget(sender: string): Promise<void>;
}
