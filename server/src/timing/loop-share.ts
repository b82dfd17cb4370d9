import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

/** Time for sliced work in one turn of the event loop. */
const SLICE_MS = 5;

/**
 * The share of each turn of the event loop for all long work together; requests and connections get the rest.
 * Work awaits `pause` between its steps. If a step takes only microseconds, it checks `isUsedUp` now and then, and
 * awaits `next` before it continues.
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
      const goOn = this.#waiting.shift();
      if (goOn === undefined) return;
      this.#begin();
      goOn();
    });
  }
}

/** The share of this process. */
export const loopShare = new LoopShare();
