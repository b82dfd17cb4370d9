/** What is left of a longer lag with each flush that waited less. */
const FADES = 0.75;

/**
 * How late this process is because it is busy. The event loop by turns reads all that has come and flushes; where there
 * is nothing to flush it sleeps until something comes, and reads that at once.
 */
export class Lag {
  #scheduledAt = 0;
  #ms = 0;
  /** What is read now has come since then; undefined while the loop may sleep. */
  #unreadSince: number | undefined;

  /** How long it takes at present until what has come is read and a flush has dealt with it; in ms, and rather too long. */
  get ms(): number {
    return this.#ms;
  }

  /** How long what is read now may have lain there, at most; in ms. */
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

  /** A flush has paused; the rest of it has waited for what it did. */
  pauses(now: number): void {
    this.#ms = Math.max(this.#ms, this.readLateMs(now));
  }

  /** A flush had nothing to do, and whatever had come before it has been read: nothing keeps the loop from sleeping. */
  rests(): void {
    this.#unreadSince = undefined;
  }
}
