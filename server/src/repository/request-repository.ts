import type { Notification, ScheduledNotification } from '@herald/protocol';

/** A request that is carried out once, named by its sender (`Idempotency-Key`). */
export interface KeyedRequest {
  readonly sender: string;
  readonly key: string;
  /** Tells requests with the same key apart: another one is a mistake of the sender. */
  readonly digest: string;
  /** Charge for keeping it and its answer. */
  readonly bytes: number;
  /** Instant until which it is kept, ISO 8601. */
  readonly until: string;
}

/** A request that was carried out, and what it stored. */
export interface DoneRequest extends KeyedRequest {
  readonly answers: readonly (Notification | ScheduledNotification)[];
}

/** Limits in bytes of one sender, and of all senders. A sender may always use the `reserved` bytes. */
export interface RequestLimits {
  readonly bytes: number;
  readonly bytesOfAll: number;
  readonly reserved: number;
}

/** A request with this key was carried out before, perhaps by another process. */
export class RequestDone extends Error {
  override readonly name = 'RequestDone';

  constructor() {
    super('The request was carried out before');
  }
}

/** Sender of the requests that use up tickets of a user. It is no name: those have no spaces. */
export const ticketsOf = (username: string): string => `tickets of ${username}`;

/**
 * Requests that are carried out once. `NotificationRepository.appendAll` and `ScheduledRepository.add` take a request,
 * and keep it in the same transaction as what it stores. Every adapter guarantees:
 * - a request is kept if and only if its notifications were stored. If its key is kept already, nothing is stored, and
 *   the call rejects with `RequestDone`.
 * - a kept request is found until its instant has passed, by the wall clock. Then it is not kept any more.
 * - the answers stay as they were stored, even when their notifications are gone.
 */
export abstract class RequestRepository {
  abstract find(sender: string, key: string): Promise<DoneRequest | undefined>;
  /** Keeps a request that stores nothing else. Rejects with `RequestDone` if its key is kept already. */
  abstract keep(request: KeyedRequest): Promise<void>;
  /**
   * Whether another request of `bytes` fits into the limits; requests that are under way are not counted.
   * @returns 0 if it fits, or the milliseconds after which the sender may ask again, at least 1
   */
  abstract msUntilRoom(sender: string, bytes: number, limits: RequestLimits): Promise<number>;
}
