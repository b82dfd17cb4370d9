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
    super(
      `You may send ${perSecond} notifications a second, and ${atOnce} at once after a rest. Try again in ${retryAfterSeconds} s`,
    );
    this.name = 'TooManySendsError';
  }
}

/** The memory for idempotency keys of this sender, or of all senders, is full: no key is dropped within its day. */
export class TooManyKeysError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super(
      `You have used as many Idempotency-Keys as are kept for a day. Send without one, or try again in ${retryAfterSeconds} s`,
    );
    this.name = 'TooManyKeysError';
  }
}

/** A limit of scheduled notifications is reached: their number for one sender, or their memory. */
export class TooManyScheduledError extends Error {
  /** @param count the limit for one sender; undefined when the memory is full */
  constructor(count?: number) {
    const reason =
      count === undefined
        ? 'There is no room for more planned notifications'
        : `You have ${count} notifications planned`;
    super(`${reason}; cancel some, or wait until they are sent`);
    this.name = 'TooManyScheduledError';
  }
}
