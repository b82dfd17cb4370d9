import type { LoadLane } from './draft.js';

/**
 * When each notification was due to be published, by lane and in order, as of `performance.now()`. Times run from here,
 * not from when it was sent: what a busy server, or publisher, keeps waiting counts as waiting.
 */
export class Schedule {
  readonly high: number[] = [];
  readonly low: number[] = [];

  add(lane: LoadLane, dueAt: number): void {
    this[lane].push(dueAt);
  }
}
