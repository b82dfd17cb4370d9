import { SCHEDULED_MAX } from '../../../protocol/scheduled.js';

/** There is no such notification, or not for this person: which of the two is nobody's business. */
export class UnknownNotificationError extends Error {
  constructor() {
    super('There is no such notification');
    this.name = 'UnknownNotificationError';
  }
}

/** Someone else's business. */
export class NotSenderError extends Error {
  /** @param what only its sender and administrators may do, as `cancel it` */
  constructor(what: string) {
    super(`Only its sender or an administrator may ${what}`);
    this.name = 'NotSenderError';
  }
}

/** The name of a request that may be repeated was given to another one before. */
export class IdempotencyConflictError extends Error {
  constructor() {
    super('This Idempotency-Key was used for another request');
    this.name = 'IdempotencyConflictError';
  }
}

/** More than someone may send for now. */
export class TooManySendsError extends Error {
  constructor(
    perSecond: number,
    atOnce: number,
    readonly retryAfterSeconds: number,
  ) {
    super(`You may send ${perSecond} notifications a second, and ${atOnce} at once after a rest. Try again in ${retryAfterSeconds} s`);
    this.name = 'TooManySendsError';
  }
}

/** A sender has as many notifications planned as they may. */
export class TooManyScheduledError extends Error {
  constructor() {
    super(`You have ${SCHEDULED_MAX} notifications planned; cancel some, or wait until they are sent`);
    this.name = 'TooManyScheduledError';
  }
}
