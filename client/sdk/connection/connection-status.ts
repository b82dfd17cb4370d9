/** What the connection does now, as a person is told. */
export type ConnectionStatus =
  | { state: 'live' }
  | { state: 'connecting' }
  /** The next attempt is at `until`, by the monotonic clock of `performance.now()`. */
  | { state: 'waiting'; until: number }
  | { state: 'signed-out' }
  /** Won't come back by itself; `reason` says why. */
  | { state: 'stopped'; reason: string };
