import { setImmediate } from 'node:timers/promises';

/** Longest that a task of many steps holds the event loop, in milliseconds. */
const SLICE_MS = 5;

/** Cuts a task of many steps into slices: everybody else has a turn of the event loop between two of them. */
export class TimeSlice {
  #startedAt = performance.now();

  /** To be awaited between two steps. It costs a look at the clock while the slice lasts. */
  async next(): Promise<void> {
    if (performance.now() - this.#startedAt < SLICE_MS) return;
    await setImmediate();
    this.#startedAt = performance.now();
  }
}
