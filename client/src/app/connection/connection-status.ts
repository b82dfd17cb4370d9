/** What the connection does now, as a person is told. */
export type ConnectionStatus =
  | { state: 'live' }
  | { state: 'connecting' }
  /** The next attempt is at `until`, in milliseconds since 1970. */
  | { state: 'waiting'; until: number }
  | { state: 'signed-out' }
  /** Won't come back by itself; `reason` says why. */
  | { state: 'stopped'; reason: string };
