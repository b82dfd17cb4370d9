/** The engine's only sense of time, so that a model test can play every interleaving. */
export interface Turns {
  /** Runs `task` once the present turn of the event loop, and the input that waits for it, is done. */
  defer(task: () => void): void;
  /** Milliseconds from any fixed moment. */
  now(): number;
}

export const eventLoopTurns: Turns = {
  defer: (task) => void setImmediate(task),
  now: () => performance.now(),
};

/** Injection token of the `Turns` in use. */
export const TURNS = Symbol('Turns');
