/** State of a connection. */
export type ConnectionStatus =
  | { state: 'live' }
  | { state: 'connecting' }
  /** The next attempt starts at `until`, in milliseconds of `performance.now()`. */
  | { state: 'waiting'; until: number }
  /** The server no longer accepts the token. The connection continues with a fresh one. */
  | { state: 'signed-out' }
  /** The server has closed with this code, and would do so again: there are no further attempts. */
  | { state: 'stopped'; code: number };
