/**
 * How much may still be done: tokens that come back with time, up to as many as may be used at once (Turner, "New
 * directions in communications", 1986). Without a timer: it is filled up when it is asked.
 */
export class TokenBucket {
  #left: number;
  #filledAt: number;

  /**
   * @param capacity tokens in a full one, which it is to begin with
   * @param now in milliseconds, as in every method
   */
  constructor(
    private readonly capacity: number,
    private readonly perSecond: number,
    now: number,
  ) {
    this.#left = capacity;
    this.#filledAt = now;
  }

  /** More come back than by time alone. */
  add(count: number): void {
    this.#left = Math.min(this.capacity, this.#left + count);
  }

  /** @returns false, and takes none, where there are not that many */
  take(now: number, count = 1): boolean {
    this.#fill(now);
    if (this.#left < count) return false;
    this.#left -= count;
    return true;
  }

  /** How long it takes until there are that many, in milliseconds. */
  waitMs(now: number, count: number): number {
    this.#fill(now);
    return (Math.max(0, count - this.#left) / this.perSecond) * 1000;
  }

  #fill(now: number): void {
    this.add((Math.max(0, now - this.#filledAt) / 1000) * this.perSecond);
    this.#filledAt = now;
  }
}
