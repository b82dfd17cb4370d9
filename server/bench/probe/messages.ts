import type { LoadLane } from '../load/draft.js';

/** What the process of the probes is started with. */
export interface ProbeOptions {
  port: number;
  token: string;
  count: number;
  /** Of the line to each; without, it is as fast as can be. */
  bytesPerSecond?: number;
}

/** A delivery: which of its lane, from 0, and when it came, by the machine's clock. */
export type Arrival = readonly [lane: LoadLane, index: number, machineMs: number];
