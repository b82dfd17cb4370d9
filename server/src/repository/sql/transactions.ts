import type { Kysely, Transaction } from 'kysely';
import { StoreUnavailable } from '../store-errors.js';
import type { Tables } from './tables.js';

/** A piece of work that is done as a whole or not at all. */
interface Job {
  /** May run again after it was rolled back with others. */
  readonly work: (db: Transaction<Tables>) => Promise<unknown>;
  readonly committed: (result: unknown) => void;
  readonly rejected: (error: unknown) => void;
}

/** Most jobs in one transaction, and the time after which no other one begins: those that wait for it get an answer. */
const TOGETHER_MAX = 200;
const TOGETHER_MS = 300;

/**
 * Runs jobs in transactions, one transaction at a time. Jobs that arrive meanwhile share the next one, so that many
 * cost one wait for the disk (group commit). If one of them fails, all are rolled back, and the others run again; if
 * the store does not work, all fail, and those that wait for the next transaction, too.
 */
export class Transactions {
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;

  constructor(private readonly db: Kysely<Tables>) {}

  /**
   * Resolves with the result of `work` once it is committed. Results of one process are committed in the order of the
   * calls.
   * @param work may run twice: it changes only what is in the database
   * @param committed called in that order, before anything that was committed later is visible
   */
  run<Result>(
    work: (db: Transaction<Tables>) => Promise<Result>,
    committed: (result: Result) => void = () => undefined,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        work,
        committed: (result) => {
          try {
            committed(result as Result);
          } catch (error) {
            // A fault of a listener, which the process reports; the transaction is committed all the same.
            queueMicrotask(() => {
              throw error;
            });
          }
          resolve(result as Result);
        },
        rejected: reject,
      });
      this.#running ??= this.#runAll();
    });
  }

  /** Resolves when all jobs so far are done. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #runAll(): Promise<void> {
    // Calls of the same turn share the first transaction.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.slice(0, TOGETHER_MAX);
      this.#waiting = this.#waiting.slice(TOGETHER_MAX);
      await this.#runTogether(jobs);
    }
    this.#running = undefined;
  }

  /** Repeats the transaction without a job that fails. */
  async #runTogether(jobs: readonly Job[]): Promise<void> {
    let failed: Job | undefined;
    try {
      const results = await this.db.transaction().execute(async (db) => {
        const done: unknown[] = [];
        const until = performance.now() + TOGETHER_MS;
        for (const job of jobs) {
          if (performance.now() > until) break;
          failed = job;
          done.push(await job.work(db));
        }
        failed = undefined;
        return done;
      });
      this.#waiting.unshift(...jobs.slice(results.length));
      for (const [n, result] of results.entries()) jobs[n]?.committed(result);
    } catch (error) {
      const isUnavailable = error instanceof StoreUnavailable;
      if (failed === undefined || isUnavailable) {
        for (const { rejected } of jobs) rejected(error);
        // Those that wait would wait as long again.
        if (isUnavailable) for (const { rejected } of this.#waiting.splice(0)) rejected(error);
        return;
      }
      failed.rejected(error);
      const others = jobs.filter((job) => job !== failed);
      if (others.length > 0) await this.#runTogether(others);
    }
  }
}
