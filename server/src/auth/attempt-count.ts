import { LRUCache } from 'lru-cache';

/** How long a count lasts, from its first attempt. */
export const WINDOW_MS = 15 * 60 * 1000;
/** Keys counted at a time. Beyond it, the key that was seen longest ago is forgotten. */
const KEYS_MAX = 10_000;

/**
 * Counts attempts by key, in windows of 15 minutes that begin with the first attempt. Keys are chosen by strangers, so
 * their number is bounded. Time is measured by a monotonic clock, without a timer.
 */
export class AttemptCount {
  readonly #counts = new LRUCache<string, number>({
    max: KEYS_MAX,
    ttl: WINDOW_MS,
    noUpdateTTL: true,
    ttlResolution: 0,
    perf: { now: () => performance.now() },
  });

  /** @param max attempts of one key in one window */
  constructor(private readonly max: number) {}

  get size(): number {
    return this.#counts.size;
  }

  /** How long until this key may be tried again, in milliseconds; 0: now. */
  waitMs(key: string): number {
    return (this.#counts.get(key) ?? 0) < this.max ? 0 : this.#counts.getRemainingTTL(key);
  }

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  takeBack(key: string): void {
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}
