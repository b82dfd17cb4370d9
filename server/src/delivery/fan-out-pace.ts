/** A longer rest would be felt, and shares hardly more work. */
const MAX_REST_MS = 10;
/** Acknowledgements can keep the engine busy without end; a fan-out counts as over after this long, whatever waits. */
const MAX_FAN_OUT_MS = 100;

/**
 * Lets each long fan-out be followed by a rest of the same length. What is stored meanwhile goes out together: under
 * a steady stream that halves the writes, for a delay that nobody sees. One that is over within a slice needs no rest.
 */
export class FanOutPace {
  #startedAt: number | undefined;
  #restsUntil = 0;

  /** @param shortMs fan-outs up to this long are followed by no rest */
  constructor(private readonly shortMs: number) {}

  begin(now: number): void {
    if (!this.#isUnderWay(now)) this.#startedAt = now;
  }

  /** Nothing waits to be written any more. */
  end(now: number): void {
    if (this.#startedAt === undefined) return;
    const tookMs = now - this.#startedAt;
    this.#startedAt = undefined;
    if (tookMs > this.shortMs) this.#restsUntil = now + Math.min(tookMs, MAX_REST_MS);
  }

  /** Milliseconds until the next may begin; 0: now. Undefined: not before the present one has ended. */
  restMs(now: number): number | undefined {
    return this.#isUnderWay(now) ? undefined : Math.max(0, this.#restsUntil - now);
  }

  #isUnderWay(now: number): boolean {
    return this.#startedAt !== undefined && now - this.#startedAt < MAX_FAN_OUT_MS;
  }
}
