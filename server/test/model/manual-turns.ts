import type { Turns } from '../../src/delivery/turns.js';

/** Turns that pass when the test says so. Each look at the clock takes a millisecond, so that fan-outs are sliced. */
export class ManualTurns implements Turns {
  #tasks: (() => void)[] = [];
  #now = 0;

  get isIdle(): boolean {
    return this.#tasks.length === 0;
  }

  defer(task: () => void): void {
    this.#tasks.push(task);
  }

  after(_ms: number, task: () => void): void {
    this.#tasks.push(task);
  }

  now(): number {
    return (this.#now += 1);
  }

  pass(): void {
    for (const task of this.#tasks.splice(0)) task();
  }

  /** Lets turns pass, and what they began in the repository end, until nothing is left to do. */
  async passAll(): Promise<void> {
    do {
      this.pass();
      for (let i = 0; i < 8; i++) await Promise.resolve();
    } while (!this.isIdle);
  }
}
