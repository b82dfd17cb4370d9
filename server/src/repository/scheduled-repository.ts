import type { FieldError, ScheduledNotification } from '@herald/protocol';
import type { NewNotification, Stored } from './notification-repository.js';
import type { KeyedRequest } from './request-repository.js';

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
  readonly senders?: readonly string[];
  /** Maximum number of results, at least 1. */
  readonly limit: number;
  /** Only results behind this one, which need not exist any more. */
  readonly after?: { readonly at: string; readonly id: string };
}

/**
 * Notifications that are to be sent later. Every adapter guarantees:
 * - `add` is atomic: of two at once, the second sees what the first has stored.
 * - `send` and `cancel` are atomic: of two for the same notification, one succeeds. So it is sent once or cancelled,
 *   and never both.
 * - one with a `problem` is not due any more.
 */
export abstract class ScheduledRepository {
  /**
   * Stores a new one; resolves once it is stored.
   * @param limits notifications with a problem count as well
   * @param request that it is stored for, once
   * @returns the exceeded limit, if any; then nothing is stored
   * @throws RequestDone if the request was carried out before; then nothing is stored
   */
  abstract add(
    scheduled: ScheduledNotification,
    limits: ScheduledLimits,
    request?: KeyedRequest,
  ): Promise<keyof ScheduledLimits | undefined>;
  /** Stores why a notification can't be sent; it is no longer due. Ignores one that is gone. */
  abstract setProblem(id: string, fault: FieldError): Promise<void>;
  /** Scheduled notifications, soonest first, and by id within an instant. */
  abstract list(query: ScheduledQuery): Promise<ScheduledNotification[]>;
  abstract find(id: string): Promise<ScheduledNotification | undefined>;
  /** Removes it. @returns false if it is not there (any more) */
  abstract cancel(id: string): Promise<boolean>;
  /**
   * Removes a scheduled notification, and appends it to the log, in one transaction.
   * @returns it as stored; undefined if it is not there (any more), and then nothing is appended
   */
  abstract send(id: string, notification: NewNotification): Promise<Stored | undefined>;
  /** When the first one later than `after` is due, ISO 8601; undefined while none is. */
  abstract nextDue(after: string): Promise<string | undefined>;
  /** Up to `limit` notifications that are due by `now`, soonest first. */
  abstract dueBy(now: string, limit: number): Promise<ScheduledNotification[]>;
}
