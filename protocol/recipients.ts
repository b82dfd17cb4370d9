/** Names of each kind in one answer. */
export const RECIPIENTS_MAX = 20;

/**
 * Recipients that a person may send to; answer of `GET /api/recipients`. Names that begin with the search text are
 * first; each kind is cut off after `RECIPIENTS_MAX`.
 */
export interface Recipients {
  /** Whether they may send to everyone at once. */
  everyone: boolean;
  /** Only for administrators. Everybody else may send to any user whose name they know. */
  users: string[];
  roles: string[];
  topics: string[];
}
