import type { Worker } from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import type { FromWorker, ToWorker } from './metrics-messages.js';

/** The figures of a process, as a registry of prom-client gives them. */
export type Figures = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Time that a worker has to give its figures. Without an answer its last ones count. */
const ANSWER_WITHIN_MS = 1000;
/** Types of metrics that must not fall when a worker ends: Prometheus takes each fall for a start from 0. */
const LASTING = new Set(['counter', 'histogram']);

/** Merges the figures of all workers in the primary process. */
export class MergedMetrics {
  /** The newest figures of each worker by its id. */
  readonly #newest = new Map<number, Figures>();
  readonly #waiting = new Map<number, () => void>();
  #lastId = 0;
  /** Sums of the workers that have ended, as they were at the last scrape. */
  #ended: Promise<Figures> = Promise.resolve([]);

  /** Takes a message of a worker. @param workers those that are ready, among them the one that has sent it */
  async take(worker: Worker, message: FromWorker, workers: Iterable<Worker>): Promise<void> {
    if (message.kind === 'figures') {
      if (!worker.isDead()) this.#newest.set(worker.id, message.figures);
      this.#waiting.get(message.id)?.();
    } else {
      const text = await this.#text(workers);
      tell(worker, { kind: 'metrics', id: message.id, text });
    }
  }

  /** Keeps the counts of a worker that has ended. */
  end({ id }: Worker): void {
    const lasting = this.#newest.get(id)?.filter(({ type }) => LASTING.has(String(type)));
    this.#newest.delete(id);
    if (lasting !== undefined) this.#ended = this.#ended.then((ended) => merged([ended, lasting]).getMetricsAsJSON());
  }

  async #text(workers: Iterable<Worker>): Promise<string> {
    await Promise.all(Array.from(workers, (worker) => this.#read(worker)));
    // Both are looked up at the same time, so that no worker is missing from both.
    const [newest, ended] = [[...this.#newest.values()], await this.#ended];
    return merged([...newest, ended]).metrics();
  }

  async #read(worker: Worker): Promise<void> {
    const id = ++this.#lastId;
    const answered = new Promise<void>((resolve) => this.#waiting.set(id, resolve));
    tell(worker, { kind: 'figures wanted', id });
    await Promise.race([answered, wait(ANSWER_WITHIN_MS, undefined, { ref: false })]);
    this.#waiting.delete(id);
  }
}

/** Each metric says how it is merged; most are summed. */
function merged(figures: readonly Figures[]): AggregatorRegistry<'text/plain; version=0.0.4; charset=utf-8'> {
  return AggregatorRegistry.aggregate(figures as object[]) as never;
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
