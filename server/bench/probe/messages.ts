import type { LoadLane } from '../load/draft.js';
import type { PublishTarget } from '../load/publisher.js';

/** Arguments of a probe process. */
export interface ProbeOptions extends PublishTarget {
  token: string;
  /** Number of listening clients. */
  count: number;
  /** Bandwidth of each client's line; unlimited by default. */
  bytesPerSecond?: number;
  /** Notifications published in each lane before the clients connect. */
  published: Record<LoadLane, number>;
}

/** An order to the probe process. Each gets a reply; the reply to `publish` comes at once. */
export type Order = { do: 'publish'; rate: number } | { do: 'end publishing' } | { do: 'report' };

/** A delivery: its lane, its index in the lane from 0, and its time of receipt by the machine's clock. */
export type Arrival = readonly [lane: LoadLane, index: number, machineMs: number];
