/** The delay of this process at one moment, in ms on the clock of `Turns`. */
export interface Moment {
  readonly now: number;
  /** Expected time until input that has arrived is answered. */
  readonly lagMs: number;
  /** Upper bound of the time that the input of this moment may have waited to be read. */
  readonly lateMs: number;
}

/** A longer lag shrinks by this factor with each shorter one. */
const FADES = 0.75;

/**
 * Delay of this process because it is busy. The event loop alternates between reading all input and flushing; with
 * nothing to flush it sleeps until the next input, and reads that at once.
 */
export class Lag {
  #scheduledAt = 0;
  #ms = 0;
  /** Input that is read now has arrived since this instant; undefined while the event loop may sleep. */
  #unreadSince: number | undefined;

  /** Expected time in ms until input is read and flushed; an upper estimate. */
  get ms(): number {
    return this.#ms;
  }

  /** Upper bound in ms of the time that input may have waited when it is read now. */
  readLateMs(now: number): number {
    return now - (this.#unreadSince ?? now);
  }

  /** A flush is due. Each call is followed by `flushes`. */
  schedules(now: number): void {
    this.#scheduledAt = now;
    this.#unreadSince ??= now;
  }

  flushes(now: number): void {
    this.#ms = Math.max(now - this.#scheduledAt, this.#ms * FADES);
    this.#unreadSince = now;
  }

  /** A flush has yielded before it was done. */
  pauses(now: number): void {
    this.#ms = Math.max(this.#ms, this.readLateMs(now));
  }

  /** A flush had nothing to do, so the event loop may sleep until the next input, which it then reads at once. */
  rests(): void {
    this.#unreadSince = undefined;
  }
}
