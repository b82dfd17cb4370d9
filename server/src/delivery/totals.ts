import type { GapFrame, Priority } from '@herald/protocol';
import { Distribution } from '../figures/distribution.js';

/** A lone high entry takes about a millisecond, a burst up to 72 ms, and a slow client as long as it likes. */
const WAIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Figures of one priority in all channels. An entry counts once for each connection. */
export class LaneTotals {
  /** Entries that were handed to connections, and their frames' bytes. */
  entries = 0;
  bytes = 0;
  /** Times that a lane had entries for a connection, and its window had no room for the next. */
  stalls = 0;
  /** Entries that connections have yet to be sent. */
  waiting = 0;
  /**
   * Seconds from an entry's event until it was handed to a connection that was live. Entries of one write count with
   * the wait of the oldest.
   */
  readonly waits = new Distribution(WAIT_SECONDS);
}

/** Counters of delivery since the engine was made. Plain numbers, so that counting costs a delivery next to nothing. */
export class DeliveryTotals {
  readonly lanes: Readonly<Record<Priority, LaneTotals>> = {
    high: new LaneTotals(),
    medium: new LaneTotals(),
    low: new LaneTotals(),
  };
  /** Announced gaps. */
  readonly gaps: Record<GapFrame['data']['reason'], number> = { epoch: 0, truncated: 0, trimmed: 0 };
  /** Connections that began at positions: all of them accepted, or at least one answered by a gap. */
  readonly resumes = { complete: 0, gap: 0 };
  /** Entries of other processes that the last check of all heads found before a hint of them arrived. */
  lagEntries = 0;
}
