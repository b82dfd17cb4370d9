/** The notification asks for no confirmation. */
export class NothingToConfirmError extends Error {
  constructor() {
    super('This notification asks for no confirmation');
    this.name = 'NothingToConfirmError';
  }
}

/** The notification has no action there, or one that only leads to an address. */
export class UnknownActionError extends Error {
  constructor() {
    super('There is no such action');
    this.name = 'UnknownActionError';
  }
}
