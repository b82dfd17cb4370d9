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
