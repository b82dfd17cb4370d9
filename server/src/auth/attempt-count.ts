import { LRUCache } from 'lru-cache';

/** Length of a window, from its first attempt. */
export const WINDOW_MS = 15 * 60 * 1000;
/** Keys counted at the same time; beyond that, the least recently used one is dropped. */
const KEYS_MAX = 10_000;

/**
 * Counts attempts by key, in windows of 15 minutes that begin with the first attempt. Strangers choose the keys, so
 * their number is bounded. Uses the monotonic clock and no timer.
 */
export class AttemptCount {
  readonly #counts = new LRUCache<string, number>({
    max: KEYS_MAX,
    ttl: WINDOW_MS,
    noUpdateTTL: true,
    ttlResolution: 0,
    perf: { now: () => performance.now() },
  });

  /**
   * @param max attempts of one key in one window
   * @param changed hears of each change that `add` and `takeBack` make
   */
  constructor(
    private readonly max: number,
    private readonly changed: (key: string, by: 1 | -1) => void,
  ) {}

  get size(): number {
    return this.#counts.size;
  }

  /** Milliseconds until this key may be tried again; 0 if it may be tried now. */
  waitMs(key: string): number {
    return (this.#counts.get(key) ?? 0) < this.max ? 0 : this.#counts.getRemainingTTL(key);
  }

  add(key: string): void {
    this.count(key, 1);
    this.changed(key, 1);
  }

  takeBack(key: string): void {
    this.count(key, -1);
    this.changed(key, -1);
  }

  /** Counts attempts at another process, or takes them back. */
  count(key: string, by: number): void {
    const sum = (this.#counts.get(key) ?? 0) + by;
    if (sum > 0) this.#counts.set(key, sum);
    else this.#counts.delete(key);
  }
}
