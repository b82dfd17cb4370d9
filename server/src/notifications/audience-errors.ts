/** The sender may not send to one of the channels. */
export class AudienceRefusedError extends Error {
  /** @param field of the request that names the audience */
  constructor(
    readonly reason: string,
    readonly field: string,
  ) {
    super('You may not send to this audience');
    this.name = 'AudienceRefusedError';
  }
}

/** The audience names a user who does not exist. */
export class UnknownRecipientError extends Error {
  readonly reason: string;

  /** @param username shown to administrators only: naming one of several users reveals that those before it exist */
  constructor(
    username: string | undefined,
    readonly field: string,
  ) {
    super('The request is not valid');
    this.name = 'UnknownRecipientError';
    this.reason = username === undefined ? 'it names a user who does not exist' : `there is no user ${username}`;
  }
}
