import type { Turns } from '../../src/delivery/schedule/turns.js';

interface Timer {
  readonly dueAt: number;
  readonly task: () => void;
}

/** Turns that pass on the test's command. Reading the clock takes time, so that fan-outs are sliced. */
export class ManualTurns implements Turns {
  #tasks: (() => void)[] = [];
  #timers: Timer[] = [];
  #now = 0;

  /** @param lookMs duration of one reading of the clock */
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

  /** Passes one turn. An idle turn lasts until the next timer. */
  pass(): void {
    const tasks = this.#tasks.splice(0);
    if (tasks.length === 0 && this.#timers.length > 0)
      this.#now = Math.max(this.#now, Math.min(...this.#timers.map(({ dueAt }) => dueAt)));
    const due = this.#timers.filter(({ dueAt }) => dueAt <= this.#now);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const task of [...due.map((timer) => timer.task), ...tasks]) task();
  }

  /** Passes turns, and awaits their reads of the repository, until nothing is left to do. */
  async passAll(): Promise<void> {
    do {
      this.pass();
      for (let i = 0; i < 8; i++) await Promise.resolve();
    } while (!this.isIdle);
  }
}
