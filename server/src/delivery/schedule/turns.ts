/** The engine's only sense of time, so that a model test can play every interleaving. */
export interface Turns {
  /** Runs `task` once the present turn of the event loop, and the input that waits for it, is done. */
  defer(task: () => void): void;
  /** Runs `task` after about so many milliseconds. */
  after(ms: number, task: () => void): void;
  /** Milliseconds from any fixed moment. */
  now(): number;
}

export const eventLoopTurns: Turns = {
  defer: (task) => void setImmediate(task),
  after: (ms, task) => void setTimeout(task, ms),
  now: () => performance.now(),
};

/** Injection token of the `Turns` in use. */
export const TURNS = Symbol('Turns');
