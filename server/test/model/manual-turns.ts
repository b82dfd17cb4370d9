import type { Turns } from '../../src/delivery/turns.js';

interface Timer {
  readonly dueAt: number;
  readonly task: () => void;
}

/** Turns that pass when the test says so. Each look at the clock takes a while, so that fan-outs are sliced. */
export class ManualTurns implements Turns {
  #tasks: (() => void)[] = [];
  #timers: Timer[] = [];
  #now = 0;

  /** @param lookMs what a look at the clock takes */
  constructor(public lookMs = 1) {}

  get isIdle(): boolean {
    return this.#tasks.length + this.#timers.length === 0;
  }

  defer(task: () => void): void {
    this.#tasks.push(task);
  }

  after(ms: number, task: () => void): void {
    this.#timers.push({ dueAt: this.#now + ms, task });
  }

  now(): number {
    return (this.#now += this.lookMs);
  }

  wait(ms: number): void {
    this.#now += ms;
  }

  /** One turn. With nothing else to do it lasts until the next timer. */
  pass(): void {
    const tasks = this.#tasks.splice(0);
    if (tasks.length === 0 && this.#timers.length > 0)
      this.#now = Math.max(this.#now, Math.min(...this.#timers.map(({ dueAt }) => dueAt)));
    const due = this.#timers.filter(({ dueAt }) => dueAt <= this.#now);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const task of [...due.map((timer) => timer.task), ...tasks]) task();
  }

  /** Lets turns pass, and what they began in the repository end, until nothing is left to do. */
  async passAll(): Promise<void> {
    do {
      this.pass();
      for (let i = 0; i < 8; i++) await Promise.resolve();
    } while (!this.isIdle);
  }
}
