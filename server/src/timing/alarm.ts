import type { Logger } from '@nestjs/common';
import { type LoopShare, loopShare } from './loop-share.js';

/** Longest sleep. Timers follow the monotonic clock, so the alarm notices a step of the wall clock within this time. */
const LOOK_AGAIN_MS = 5000;
/** Pause between two queries for tasks that other processes have added. */
const SHARED_EVERY_MS = 2000;
/** Backoff before a failed task is retried; it doubles each time, up to the maximum. */
const PAUSE_MS = 1000;
const PAUSE_MAX_MS = 60_000;
/** The same of a query: once the store works again, tasks are overdue. */
const QUERY_PAUSE_MAX_MS = 4000;
/** Due tasks fetched by one query. */
const AT_ONCE = 100;
/** Id of the query for due tasks, which can fail and is retried, too. No task has this id. */
const QUERY = 'query for due tasks';

/** A due task. */
export interface Task {
  /** The same in every query. */
  readonly id: string;
  run(): Promise<void>;
}

/** The scheduled tasks and their instants, in ISO 8601. */
export interface Agenda {
  /** Whether other processes add tasks, and do them, too. */
  readonly isShared: boolean;
  /** Instant of the first task due later than `after`; undefined if there is none. */
  next(after: string): Promise<string | undefined>;
  /** Up to `limit` tasks that are due by `now` and not done, in the order in which they run. */
  dueBy(now: string, limit: number): Promise<Task[]>;
}

/** Next attempt of a failed task on the monotonic clock, and the backoff before it; in milliseconds. */
interface Retry {
  readonly at: number;
  readonly pauseMs: number;
}

/**
 * One timer for the task that is due first by the wall clock. It checks that clock at least every five seconds, since
 * somebody may set it or suspend the machine. Backoff follows the monotonic clock. A failed task is logged once and
 * retried after a backoff that grows from a second to a minute; it does not delay others. The timer does not keep the
 * process alive.
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

  /** Runs overdue tasks and sets the timer for the next one. */
  start(): void {
    this.#ringAt(Date.now());
  }

  /** Ensures the alarm fires no later than `instant`, at once if that has passed. Call it after storing a task. */
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
    const ms = this.#waitMs();
    if (this.#isOver || ms === Infinity) return;
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(ms, 0), LOOK_AGAIN_MS)).unref();
  }

  /** Milliseconds until the next task is due or retried; Infinity if there is none. */
  #waitMs(): number {
    const now = performance.now();
    let ms = this.#at - Date.now();
    for (const { at } of this.#retries.values()) ms = Math.min(ms, at - now);
    return ms;
  }

  #wake(): void {
    if (this.#waitMs() > 0) this.#setTimer();
    else void this.#ring();
  }

  async #ring(): Promise<void> {
    this.#isRinging = true;
    // The query may miss a task that is stored from here on, so the alarm rings again for it.
    this.#at = Infinity;
    await this.#try({ id: QUERY, run: () => this.#runDue(new Date().toISOString()) });
    this.#isRinging = false;
    this.#setTimer();
  }

  async #runDue(now: string): Promise<void> {
    const done = new Set<string>();
    while (!(await this.#runSome(now, done)));
    const next = await this.agenda.next(now);
    if (next !== undefined) this.bringForward(next);
    if (this.agenda.isShared) this.#ringAt(Date.now() + SHARED_EVERY_MS);
  }

  /**
   * Runs some due tasks.
   * @param done tasks that ran in this round; one of them that is still due fails, and is retried later
   * @returns whether all have run
   */
  async #runSome(now: string, done: Set<string>): Promise<boolean> {
    // Failed tasks stay first in the list.
    const limit = AT_ONCE + this.#retries.size;
    const due = await this.agenda.dueBy(now, limit);
    const isAll = due.length < limit;
    if (isAll) this.#keepRetriesOf(due);
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
      const maxMs = id === QUERY ? QUERY_PAUSE_MAX_MS : PAUSE_MAX_MS;
      const pauseMs = before === undefined ? PAUSE_MS : Math.min(2 * before.pauseMs, maxMs);
      this.#retries.set(id, { at: performance.now() + pauseMs, pauseMs });
    }
  }

  #mayRun({ id }: Task): boolean {
    return (this.#retries.get(id)?.at ?? 0) <= performance.now();
  }

  /** Drops the retries of tasks that are no longer due. */
  #keepRetriesOf(due: readonly Task[]): void {
    if (this.#retries.size === 0) return;
    const names = new Set([QUERY, ...due.map(({ id }) => id)]);
    for (const id of this.#retries.keys()) if (!names.has(id)) this.#retries.delete(id);
  }
}

/** A task that fails instead of running again, so that its backoff stops an endless loop. */
function stillDue({ id }: Task): Task {
  return { id, run: () => Promise.reject(new Error(`${id} is still due after it was done`)) };
}
