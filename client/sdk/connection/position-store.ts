import type { Positions } from '@herald/protocol';

/** Keeps one person's positions between connections, so that a client that starts again misses nothing. */
export interface PositionStore {
  /** Positions as they were last written; null if there are none. */
  read(): Positions | null;
  /**
   * Called after subscribers have handled an entry, maybe thousands of times a second. A store may write less often: after
   * a crash the entries since the last write come again.
   */
  write(positions: Positions): void;
}
