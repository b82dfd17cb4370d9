/** The sender may not send to one of the channels. */
export class AudienceRefusedError extends Error {
  constructor(readonly reason: string) {
    super('You may not send to this audience');
    this.name = 'AudienceRefusedError';
  }
}

/** The audience names a user who does not exist. */
export class UnknownRecipientError extends Error {
  readonly reason: string;

  constructor(username: string) {
    super('The request is not valid');
    this.name = 'UnknownRecipientError';
    this.reason = `there is no user ${username}`;
  }
}
