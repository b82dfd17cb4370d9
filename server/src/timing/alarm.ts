import type { Logger } from '@nestjs/common';

/** Longest that a timer can be set for; see the documentation of Node's `setTimeout`. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const AGAIN_AFTER_FAILURE_MS = 60_000;

/** One timer for whatever is due first. It does not keep the process alive. */
export class Alarm {
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;
  #isOver = false;

  /**
   * @param next when something is due next, ISO 8601; undefined while nothing is
   * @param ring does what is due by now; where it fails it is tried again in a minute
   */
  constructor(
    private readonly next: () => Promise<string | undefined>,
    private readonly ring: (now: string) => Promise<void>,
    private readonly logger: Logger,
  ) {}

  /** Looks when something is due. */
  async set(): Promise<void> {
    clearTimeout(this.#timer);
    this.#at = Infinity;
    const next = await this.next();
    if (next !== undefined) this.bringForward(next);
  }

  /** Rings then, unless it would earlier. */
  bringForward(instant: string): void {
    this.#ringAt(Date.parse(instant));
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #ringAt(at: number): void {
    if (this.#isOver || at >= this.#at) return;
    this.#at = at;
    clearTimeout(this.#timer);
    const ms = Math.min(Math.max(at - Date.now(), 0), TIMER_MAX_MS);
    this.#timer = setTimeout(() => void this.#due(), ms).unref();
  }

  async #due(): Promise<void> {
    try {
      await this.ring(new Date().toISOString());
      await this.set();
    } catch (error) {
      this.logger.error(error);
      this.#at = Infinity;
      this.#ringAt(Date.now() + AGAIN_AFTER_FAILURE_MS);
    }
  }
}
