import type { RetryBounds } from '../../../protocol/frames.js';
import { backoffMs, DEFAULT_RETRY } from './backoff.js';

/** A connection that has lived this long was a success; one that ends sooner is one more failure in the row. */
const STABLE_AFTER_MS = 5000;

/** Remembers how the last attempts went, to say how long to wait for the next. */
export class Retries {
  #bounds = DEFAULT_RETRY;
  #failures = 0;
  #liveSince: number | undefined;

  /** @param now by a monotonic clock, in milliseconds */
  constructor(
    private readonly now: () => number,
    private readonly random: () => number,
  ) {}

  /** The server said welcome, or bye: both advise bounds. */
  advise(bounds: RetryBounds): void {
    this.#bounds = bounds;
  }

  live(): void {
    this.#liveSince = this.now();
  }

  /** An attempt has ended. @returns how long to wait for the next, in milliseconds */
  failed(): number {
    const wasStable = this.#liveSince !== undefined && this.now() - this.#liveSince >= STABLE_AFTER_MS;
    this.#liveSince = undefined;
    this.#failures = wasStable ? 1 : this.#failures + 1;
    return backoffMs(this.#failures, this.#bounds, this.random);
  }
}
