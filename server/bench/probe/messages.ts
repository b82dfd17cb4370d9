import type { LoadLane } from '../load/draft.js';
import type { PublishTarget } from '../load/publisher.js';

/** What the process of a probe is started with. */
export interface ProbeOptions extends PublishTarget {
  token: string;
  /** Clients that listen. */
  count: number;
  /** Of the line to each; without, it is as fast as can be. */
  bytesPerSecond?: number;
  /** How much of each lane has been published before they connect. */
  published: Record<LoadLane, number>;
}

/** What it is asked to do; each is answered by a message, `publish` at once. */
export type Order = { do: 'publish'; rate: number } | { do: 'end publishing' } | { do: 'report' };

/** A delivery: which of its lane, from 0, and when it came, by the machine's clock. */
export type Arrival = readonly [lane: LoadLane, index: number, machineMs: number];
