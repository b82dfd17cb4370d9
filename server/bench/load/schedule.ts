import type { LoadLane } from './draft.js';

/**
 * Times at which notifications were due, by lane and in order, by `performance.now()`. Latency is measured from the due
 * time, not from the send, so that it includes delays of a busy server or publisher.
 */
export class Schedule {
  readonly high: number[] = [];
  readonly low: number[] = [];

  add(lane: LoadLane, dueAt: number): void {
    this[lane].push(dueAt);
  }
}
