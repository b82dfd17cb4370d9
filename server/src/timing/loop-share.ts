import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

/** Time that sliced work may take in a turn of the event loop. */
const SLICE_MS = 5;

/**
 * What work that may take long has of each turn of the event loop, all such work together: requests and connections
 * have the rest. Work awaits `pause` between its steps; where a step takes microseconds, it asks `isUsedUp` now and then
 * and awaits `next` before it goes on.
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

  /** Goes on at once while the share lasts. */
  async pause(): Promise<void> {
    if (this.isUsedUp()) await this.next();
  }

  /** Resolves in a turn to come, one after the other. */
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
