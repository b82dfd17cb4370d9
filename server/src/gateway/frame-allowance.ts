/** Frames that a client may send at once, after a rest. */
const BURST = 1000;
const PER_SECOND = 50;
/** No notification is smaller than this, so a client that acknowledges each one stays within what it earns. */
const BYTES_FOR_ONE = 128;

/**
 * How many frames a client may still send: a token bucket without a timer. It fills with time, and with what the
 * client is sent, since that has to be acknowledged.
 */
export class FrameAllowance {
  #left = BURST;
  #filledAt: number;

  /** @param now in milliseconds */
  constructor(now: number) {
    this.#filledAt = now;
  }

  /** The client was sent this much. */
  earn(bytes: number): void {
    this.#left = Math.min(BURST, this.#left + bytes / BYTES_FOR_ONE);
  }

  /** @returns false when the client sends too much */
  take(now: number): boolean {
    this.#left = Math.min(BURST, this.#left + (Math.max(0, now - this.#filledAt) / 1000) * PER_SECOND);
    this.#filledAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
