import { TokenBucket } from './token-bucket.js';

/** Buckets looked at, oldest first, each time that tokens are taken: more than one, so that full ones go faster than others come. */
const LOOKED_AT = 2;

/** A token bucket for each key. One that is full again is dropped, since a new one would be the same. */
export class TokenBuckets {
  readonly #buckets = new Map<string, TokenBucket>();

  /** @param capacity tokens in a full bucket, as each is to begin with */
  constructor(
    private readonly capacity: number,
    private readonly perSecond: number,
  ) {}

  /** Buckets that are kept. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * @param count at most the capacity
   * @returns 0, or how many milliseconds it takes until there are that many: then none were taken
   */
  take(key: string, count: number): number {
    const now = performance.now();
    this.#dropFull(now);
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.capacity, this.perSecond, now);
    if (!bucket.take(now, count)) return bucket.waitMs(now, count);
    this.#buckets.set(key, bucket);
    return 0;
  }

  /** How many milliseconds it takes until there are that many. Takes none. */
  waitMs(key: string, count: number): number {
    return this.#buckets.get(key)?.waitMs(performance.now(), count) ?? 0;
  }

  #dropFull(now: number): void {
    let left = LOOKED_AT;
    for (const [key, bucket] of this.#buckets) {
      if (left-- === 0) return;
      this.#buckets.delete(key);
      if (bucket.waitMs(now, this.capacity) > 0) this.#buckets.set(key, bucket);
    }
  }
}
