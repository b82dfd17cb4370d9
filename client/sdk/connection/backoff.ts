import type { RetryBounds } from '@herald/protocol';

/** Bounds until the server has advised others. */
const DEFAULT_BOUNDS: RetryBounds = { minMs: 500, maxMs: 30_000 };
/** A connection that lived this long was a success; one that ended sooner is another failure in the row. */
const STABLE_AFTER_MS = 5000;

/**
 * Time to wait before each attempt: random, below a bound that starts at `minMs` and doubles with each failure, so that
 * the clients of a restarted server come back spread out.
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
 */
export class Backoff {
  #bounds = DEFAULT_BOUNDS;
  #failures = 0;
  #liveSince: number | undefined;

  /**
   * @param now a monotonic clock, in milliseconds
   * @param random from 0 up to, but not including, 1
   */
  constructor(
    private readonly now: () => number,
    private readonly random: () => number,
  ) {}

  /** Takes the bounds of a `welcome` or a `bye`. */
  advise(bounds: RetryBounds): void {
    this.#bounds = bounds;
  }

  live(): void {
    this.#liveSince = this.now();
  }

  /** An attempt has ended. @returns the time until the next one, in milliseconds */
  failed(): number {
    const wasStable = this.#liveSince !== undefined && this.now() - this.#liveSince >= STABLE_AFTER_MS;
    this.#liveSince = undefined;
    this.#failures = wasStable ? 1 : this.#failures + 1;
    const { minMs, maxMs } = this.#bounds;
    return Math.round(this.random() * Math.min(maxMs, minMs * 2 ** (this.#failures - 1)));
  }

  /**
   * The server has closed with 4429: this client sends too many frames or pings.
   * @returns the time until the next attempt: at least half of `maxMs`, since an early one would be refused as well
   */
  refused(): number {
    this.failed();
    return Math.round(this.#bounds.maxMs * (0.5 + this.random() / 2));
  }
}
