/**
 * Counts values by size, in buckets with fixed bounds. Adding a value takes a few nanoseconds and no memory, so that
 * busy paths can count without knowing who reads the figures.
 */
export class Distribution {
  /** Number of values in each bucket: up to each bound but above the one before it, and above the last bound. */
  readonly counts: Float64Array;
  #sum = 0;

  /** @param bounds ascending, in the unit of the values */
  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  /** Sum of all values. */
  get sum(): number {
    return this.#sum;
  }

  /** @param times how often the value occurred */
  add(value: number, times = 1): void {
    let bucket = 0;
    // The first bucket with room, or the last one: a comparison with undefined is false.
    while (value > (this.bounds[bucket] as number)) bucket++;
    this.counts[bucket] = (this.counts[bucket] as number) + times;
    this.#sum += value * times;
  }
}
