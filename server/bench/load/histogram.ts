const BUCKET_MS = 0.01;
const BUCKETS = 6_000_000;

/** Counts times up to a minute, with a resolution of a hundredth of a millisecond. */
export class Histogram {
  #counts = new Uint32Array(BUCKETS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(ms / BUCKET_MS)));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
  }

  addAll(other: Histogram): void {
    this.#counts.forEach((count, bucket) => (this.#counts[bucket] = count + (other.#counts[bucket] ?? 0)));
    this.#count += other.#count;
  }

  clear(): void {
    this.#counts = new Uint32Array(BUCKETS);
    this.#count = 0;
  }

  /** The time that this share of the counts, from 0 to 1, does not exceed; NaN while there are none. */
  quantile(share: number): number {
    let left = Math.ceil(share * this.#count);
    if (left === 0) return NaN;
    const bucket = this.#counts.findIndex((count) => (left -= count) <= 0);
    return (bucket + 1) * BUCKET_MS;
  }
}
