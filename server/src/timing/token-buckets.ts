import { TokenBucket } from './token-bucket.js';

/** Buckets checked at each call, oldest first. Two, so that full ones are dropped faster than new ones are added. */
const CHECKED_EACH = 2;

/** A token bucket for each key. A full bucket is dropped, since a new one would be the same. */
export class TokenBuckets {
  readonly #buckets = new Map<string, TokenBucket>();

  /**
   * @param capacity tokens in a full bucket; new buckets are full
   * @param taken hears of tokens that `take` has taken
   */
  constructor(
    private readonly capacity: number,
    private readonly perSecond: number,
    private readonly taken: (key: string, count: number) => void,
  ) {}

  /** Number of kept buckets. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * @param count at most the capacity
   * @returns 0, or the milliseconds until there are `count` tokens; then it takes none
   */
  take(key: string, count: number): number {
    const now = performance.now();
    this.#dropFull(now);
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.capacity, this.perSecond, now);
    if (!bucket.take(now, count)) return bucket.waitMs(now, count);
    this.#buckets.set(key, bucket);
    this.taken(key, count);
    return 0;
  }

  /** Takes tokens that were used at another process, as many as there are. */
  spend(key: string, count: number): void {
    const now = performance.now();
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.capacity, this.perSecond, now);
    bucket.spend(now, count);
    this.#buckets.set(key, bucket);
  }

  /** Milliseconds until there are `count` tokens. Takes none. */
  waitMs(key: string, count: number): number {
    return this.#buckets.get(key)?.waitMs(performance.now(), count) ?? 0;
  }

  #dropFull(now: number): void {
    let left = CHECKED_EACH;
    for (const [key, bucket] of this.#buckets) {
      if (left-- === 0) return;
      this.#buckets.delete(key);
      if (bucket.waitMs(now, this.capacity) > 0) this.#buckets.set(key, bucket);
    }
  }
}
