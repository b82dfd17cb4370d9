/** There is no such notification, or not for this person: which of the two is nobody's business. */
export class UnknownNotificationError extends Error {
  constructor() {
    super('There is no such notification');
    this.name = 'UnknownNotificationError';
  }
}

/** Only who sent it, or an administrator, may take a notification back. */
export class RetractionRefusedError extends Error {
  constructor() {
    super('Only its sender or an administrator may take a notification back');
    this.name = 'RetractionRefusedError';
  }
}
