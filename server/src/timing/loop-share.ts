import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

/** Time for sliced work in one turn of the event loop. */
const SLICE_MS = 5;

/**
 * The share of each turn of the event loop for all long work together; requests and connections get the rest.
 * Work awaits `pause` between its steps. Work with steps of microseconds checks `isUsedUp`, and awaits `next` only if
 * it is true, which saves a promise for each step.
 */
export class LoopShare {
  readonly #waiting: (() => void)[] = [];
  #endsAt: number | undefined;

  constructor(
    private readonly sliceMs = SLICE_MS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  readonly isUsedUp = (): boolean => {
    if (this.#endsAt === undefined) this.#begin();
    return this.now() >= (this.#endsAt ?? 0);
  };

  /** Resolves at once while the share is not used up. */
  async pause(): Promise<void> {
    if (this.isUsedUp()) await this.next();
  }

  /** Resolves in a later turn, one caller at a time. */
  next(): Promise<void> {
    if (this.#endsAt === undefined) this.#begin();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #begin(): void {
    this.#endsAt = this.now() + this.sliceMs;
    setImmediate(() => {
      this.#endsAt = undefined;
      const resume = this.#waiting.shift();
      if (resume === undefined) return;
      this.#begin();
      resume();
    });
  }
}

/** The share of this process. */
export const loopShare = new LoopShare();
