/** The store can't be opened. The message is one line for the operator, who can solve it. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/**
 * The store does not work at the moment: its disk is full or can't be written, or its database does not answer. Nothing
 * was stored, unless the database was lost in the middle of a commit; the same call may succeed later.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
