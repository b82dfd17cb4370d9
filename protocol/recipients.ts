/** Names of each kind in one answer. */
export const RECIPIENTS_MAX = 20;

/**
 * Whom a person may send to; answer of `GET /api/recipients`. What begins with the words that are looked for is ahead; more
 * than `RECIPIENTS_MAX` of a kind are cut off.
 */
export interface Recipients {
  /** Whether they may send to everyone at once. */
  everyone: boolean;
  /** For administrators. Everybody else may send to each user whose name they know. */
  users: string[];
  roles: string[];
  topics: string[];
}
