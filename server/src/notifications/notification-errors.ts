import { SCHEDULED_MAX } from '../../../protocol/scheduled.js';

/** There is no such notification, or not for this person: which of the two is nobody's business. */
export class UnknownNotificationError extends Error {
  constructor() {
    super('There is no such notification');
    this.name = 'UnknownNotificationError';
  }
}

/** Who has it may not take it away from the others. */
export class NotSenderError extends Error {
  constructor() {
    super('Only its sender or an administrator may take it back');
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
