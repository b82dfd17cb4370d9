/** No such account, or not its password; which of the two is not said. */
export class InvalidCredentialsError extends Error {
  constructor() {
    super('The username or the password is wrong');
    this.name = 'InvalidCredentialsError';
  }
}

/** Too many failed sign-ins for this account or from this address. */
export class TooManyAttemptsError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many failed sign-ins. Try again in ${retryAfterSeconds} s`);
    this.name = 'TooManyAttemptsError';
  }
}

/** Too many successful sign-ins to this account from this network. */
export class TooManySignInsError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many sign-ins. Try again in ${retryAfterSeconds} s`);
    this.name = 'TooManySignInsError';
  }
}

/** The queue of password hashes is full, in all or for the client's network. */
export class HashingBusyError extends Error {
  /** By then, the hashes that are queued now have finished. */
  readonly retryAfterSeconds = 5;

  constructor() {
    super('The server is busy with other sign-ins. Try again in 5 s');
    this.name = 'HashingBusyError';
  }
}

/** The user has made more changes than their rate allows. */
export class TooManyWritesError extends Error {
  constructor(
    perSecond: number,
    atOnce: number,
    readonly retryAfterSeconds: number,
  ) {
    super(
      `You may make ${perSecond} changes a second, and ${atOnce} at once after a rest. Try again in ${retryAfterSeconds} s`,
    );
    this.name = 'TooManyWritesError';
  }
}

/** Signed in, but this is for others. */
export class NotAllowedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotAllowedError';
  }
}

/** A token that is absent, expired or not ours. The message says which, and never holds the token. */
export class InvalidTokenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidTokenError';
  }
}
