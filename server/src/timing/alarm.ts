import type { Logger } from '@nestjs/common';
import { type LoopShare, loopShare } from './loop-share.js';

/** Longest sleep. Timers follow the monotonic clock, so a step of the wall clock is noticed after this time at most. */
const LOOK_AGAIN_MS = 5000;
/** Pause before what failed is tried again; it doubles each time, up to the longest. */
const PAUSE_MS = 1000;
const PAUSE_MAX_MS = 60_000;
/** Due items handled in one turn of the event loop. */
const AT_ONCE = 100;
/** To learn what is due can fail too. No task has this name. */
const LOOKING = 'to look what is due';

/** One thing that is due. */
export interface Task {
  /** The same each time it is named. */
  readonly id: string;
  run(): Promise<void>;
}

/** What there is to be done, and when. Instants are ISO 8601. */
export interface Agenda {
  /** When the first thing later than `after` is due; undefined while nothing is. */
  next(after: string): Promise<string | undefined>;
  /** Up to `limit` items that are due by then and not done, in the order in which to handle them. */
  dueBy(now: string, limit: number): Promise<Task[]>;
}

/** Next try of a failed item by the monotonic clock, and the pause before it; in milliseconds. */
interface Retry {
  readonly at: number;
  readonly pauseMs: number;
}

/**
 * One timer for the item that is due first by the wall clock. It checks that clock every five seconds, since somebody may
 * set it or suspend the machine. Pauses are measured by the monotonic clock. A failed item is logged once and tried again
 * after a pause that grows from a second to a minute; it does not delay others. The timer does not keep the process alive.
 */
export class Alarm {
  readonly #retries = new Map<string, Retry>();
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;
  #isRinging = false;
  #isOver = false;

  constructor(
    private readonly agenda: Agenda,
    private readonly logger: Logger,
    private readonly share: Pick<LoopShare, 'isUsedUp' | 'next'> = loopShare,
  ) {}

  /** Looks what is due. */
  start(): void {
    this.#ringAt(Date.now());
  }

  /** Rings then, unless it would earlier; at once where that has passed. Due for all that is planned, once it is stored. */
  bringForward(instant: string): void {
    this.#ringAt(Date.parse(instant));
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #ringAt(at: number): void {
    if (at >= this.#at) return;
    this.#at = at;
    if (!this.#isRinging) this.#setTimer();
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    const ms = this.#restMs();
    if (this.#isOver || ms === Infinity) return;
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(ms, 0), LOOK_AGAIN_MS)).unref();
  }

  /** Milliseconds until the next item is due or tried again; Infinity if there is none. */
  #restMs(): number {
    const now = performance.now();
    let ms = this.#at - Date.now();
    for (const { at } of this.#retries.values()) ms = Math.min(ms, at - now);
    return ms;
  }

  #wake(): void {
    if (this.#restMs() > 0) this.#setTimer();
    else void this.#ring();
  }

  async #ring(): Promise<void> {
    this.#isRinging = true;
    // What is planned from here on may be found by this look or not: it rings again for it.
    this.#at = Infinity;
    await this.#try({ id: LOOKING, run: () => this.#look(new Date().toISOString()) });
    this.#isRinging = false;
    this.#setTimer();
  }

  async #look(now: string): Promise<void> {
    const done = new Set<string>();
    while (!(await this.#doSome(now, done)));
    const next = await this.agenda.next(now);
    if (next !== undefined) this.bringForward(next);
  }

  /** Handles some due items. @param done items handled in this round; those that are still due have to wait @returns whether all are handled */
  async #doSome(now: string, done: Set<string>): Promise<boolean> {
    // Failed items stay first in the list.
    const limit = AT_ONCE + this.#retries.size;
    const due = await this.agenda.dueBy(now, limit);
    const isAll = due.length < limit;
    if (isAll) this.#forgetBut(due);
    for (const task of due) {
      if (!this.#mayRun(task)) continue;
      await this.#try(done.has(task.id) ? stillDue(task) : task);
      done.add(task.id);
      if (this.share.isUsedUp()) await this.share.next();
    }
    return isAll || this.#isOver;
  }

  async #try(task: Task): Promise<void> {
    const { id } = task;
    try {
      await task.run();
      this.#retries.delete(id);
    } catch (error) {
      const before = this.#retries.get(id);
      if (before === undefined) this.logger.error(error);
      const pauseMs = before === undefined ? PAUSE_MS : Math.min(2 * before.pauseMs, PAUSE_MAX_MS);
      this.#retries.set(id, { at: performance.now() + pauseMs, pauseMs });
    }
  }

  #mayRun({ id }: Task): boolean {
    return (this.#retries.get(id)?.at ?? 0) <= performance.now();
  }

  /** What is due no longer will not be tried again. */
  #forgetBut(due: readonly Task[]): void {
    if (this.#retries.size === 0) return;
    const names = new Set([LOOKING, ...due.map(({ id }) => id)]);
    for (const id of this.#retries.keys()) if (!names.has(id)) this.#retries.delete(id);
  }
}

/** Without a pause, the item would be handled again and again. */
function stillDue({ id }: Task): Task {
  return { id, run: () => Promise.reject(new Error(`${id} is still due after it was done`)) };
}
