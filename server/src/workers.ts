import cluster, { type Worker } from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { announce, type Announcement } from './announce.js';
import type { Environment } from './config/environment.js';
import type { MergedMetrics } from './operations/metrics/merged-metrics.js';
import type { FromWorker } from './operations/metrics/metrics-messages.js';
import { createPino, NestLogger } from './operations/logger.js';

/** Time before a worker is started again. It doubles for each one in a row that does not live long. */
const RESTART_MS = 100;
const RESTART_MAX_MS = 30_000;
/** A worker that has lived for this long is sound: the next one starts without the doubled times. */
const SOUND_AFTER_MS = 60_000;

/**
 * The primary process of WORKERS processes that serve the same ports. It accepts their connections and hands them over
 * in turn (Node's cluster), starts workers again that have ended, and passes signals on.
 */
export class Workers {
  readonly #log: NestLogger;
  readonly #stopping = new AbortController();
  /** Loaded at the first scrape, so that this process stays small without one. */
  #metrics: Promise<MergedMetrics> | undefined;
  readonly #ready = new Set<Worker>();
  #isStarted = false;

  constructor(private readonly environment: Environment) {
    this.#log = new NestLogger(createPino(environment));
  }

  /**
   * Starts one worker, and the others once it is ready: so the store is prepared once, and a problem that the operator
   * can fix is told once. The process ends with the first worker if that one can't start.
   */
  start(): void {
    const stop = (): void => this.#stop();
    process.on('SIGTERM', stop).on('SIGINT', stop);
    this.#fork(0).once('message', (announcement: Announcement) => {
      this.#isStarted = true;
      announce(this.#log, this.environment, announcement);
      for (let others = this.environment.WORKERS - 1; others > 0; others--) this.#fork(0);
    });
  }

  /** The first signal stops all workers in good order. A second one ends this process, and Node ends them with it. */
  #stop(): void {
    if (this.#isStopping) process.exit(1);
    this.#stopping.abort();
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** @param failures workers in a row that did not live long, before this one */
  #fork(failures: number): Worker {
    const startedAt = performance.now();
    const worker = cluster.fork();
    worker.on('message', (message: Announcement | FromWorker) => {
      if ('kind' in message) void this.#takeMessage(worker, message);
      else this.#ready.add(worker);
    });
    const replace = (end: string): void => {
      const isSound = performance.now() - startedAt >= SOUND_AFTER_MS;
      void this.#replace(worker, end, isSound ? 0 : failures);
    };
    worker.once('exit', (code, signal) => {
      this.#ready.delete(worker);
      void this.#metrics?.then((metrics) => metrics.end(worker));
      if (this.#isStarted && !this.#isStopping) replace(signal || `exit code ${code}`);
      // A worker that was still starting ends by the signal itself.
      else if (code !== 0 && signal !== 'SIGTERM') process.exitCode = 1;
    });
    worker.on('error', (error) => {
      // The system has no room for another process, or else a connection can't be handed to a worker that is ending.
      if (worker.process.pid === undefined) replace(error.message);
      else this.#log.warn(`Worker ${worker.id}: ${error.message}`);
    });
    return worker;
  }

  async #takeMessage(worker: Worker, message: FromWorker): Promise<void> {
    this.#metrics ??= import('./operations/metrics/merged-metrics.js').then(({ MergedMetrics }) => new MergedMetrics());
    await (await this.#metrics).take(worker, message, this.#ready);
  }

  async #replace({ id }: Worker, end: string, failures: number): Promise<void> {
    const ms = Math.min(RESTART_MAX_MS, RESTART_MS * 2 ** failures);
    this.#log.warn(`Worker ${id} has ended (${end}); another one starts in ${ms / 1000} s`);
    // Rejects once the process is told to stop.
    await wait(ms, undefined, { signal: this.#stopping.signal }).then(
      () => this.#fork(failures + 1),
      () => undefined,
    );
  }
}
