/**
 * A token bucket: it is refilled at a constant rate, up to its capacity (Turner, "New directions in communications",
 * 1986). It needs no timer, because each use first adds the tokens of the time since the last one.
 */
export class TokenBucket {
  #left: number;
  #filledAt: number;

  /**
   * @param capacity tokens in a full bucket; a new bucket is full
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

  /** Adds tokens to those that the rate refills. */
  add(count: number): void {
    this.#left = Math.min(this.capacity, this.#left + count);
  }

  /** Takes tokens. @returns false if there are too few; then it takes none */
  take(now: number, count = 1): boolean {
    this.#fill(now);
    if (this.#left < count) return false;
    this.#left -= count;
    return true;
  }

  /** Takes tokens that were used already, as many as there are. */
  spend(now: number, count: number): void {
    this.#fill(now);
    this.#left = Math.max(0, this.#left - count);
  }

  /** Milliseconds until there are `count` tokens. */
  waitMs(now: number, count: number): number {
    this.#fill(now);
    return (Math.max(0, count - this.#left) / this.perSecond) * 1000;
  }

  #fill(now: number): void {
    this.add((Math.max(0, now - this.#filledAt) / 1000) * this.perSecond);
    this.#filledAt = now;
  }
}
