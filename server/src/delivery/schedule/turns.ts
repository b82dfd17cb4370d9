/** The engine's only clock and scheduler, so that the model test controls every interleaving. */
export interface Turns {
  /** Runs `task` after this turn of the event loop, and after the input that has arrived meanwhile. */
  defer(task: () => void): void;
  /** Runs `task` after about `ms` milliseconds. */
  after(ms: number, task: () => void): void;
  /** Milliseconds since any fixed instant. */
  now(): number;
}

export const eventLoopTurns: Turns = {
  defer: (task) => void setImmediate(task),
  after: (ms, task) => void setTimeout(task, ms),
  now: () => performance.now(),
};

/** Injection token of the `Turns` in use. */
export const TURNS = Symbol('Turns');
