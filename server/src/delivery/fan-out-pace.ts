/** Of rest for each entry that a fan-out brought: the more come, the more will share the next. */
const REST_MS_EACH = 1;
/** A longer rest would be felt, and shares hardly more work. */
const MAX_REST_MS = 50;
/** Acknowledgements can keep the engine busy without end; a fan-out counts as over after this long, whatever waits. */
const MAX_FAN_OUT_MS = 100;

/**
 * Lets each long fan-out be followed by a rest. What is stored meanwhile goes out together: a thousand entries a second
 * to a thousand connections take far fewer writes, for a delay that nobody sees. Entries that come one by one don't
 * wait, and neither does what follows a fan-out that was over within a slice.
 */
export class FanOutPace {
  #startedAt: number | undefined;
  #entries = 0;
  #restsUntil = 0;

  /** @param shortMs fan-outs up to this long are followed by no rest */
  constructor(private readonly shortMs: number) {}

  /** So many entries go out. */
  begin(now: number, entries: number): void {
    if (!this.#isUnderWay(now)) {
      this.#startedAt = now;
      this.#entries = 0;
    }
    this.#entries += entries;
  }

  /** Nothing waits to be written any more. */
  end(now: number): void {
    if (this.#startedAt === undefined) return;
    const tookMs = now - this.#startedAt;
    this.#startedAt = undefined;
    if (tookMs > this.shortMs) this.#restsUntil = now + Math.min(this.#entries * REST_MS_EACH, MAX_REST_MS);
  }

  /** Milliseconds until the next may begin; 0: now. Undefined: not before the present one has ended. */
  restMs(now: number): number | undefined {
    return this.#isUnderWay(now) ? undefined : Math.max(0, this.#restsUntil - now);
  }

  #isUnderWay(now: number): boolean {
    return this.#startedAt !== undefined && now - this.#startedAt < MAX_FAN_OUT_MS;
  }
}
