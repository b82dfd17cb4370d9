import type { Figures } from './merged-metrics.js';
import type { FromWorker, ToWorker } from './metrics-messages.js';

/** The part of a worker in the metrics of all workers, which the primary process merges. */
export class WorkerMetrics {
  readonly #waiting = new Map<number, (text: string) => void>();
  #lastId = 0;

  /** @param figures reads those of this worker */
  constructor(private readonly figures: () => Promise<Figures>) {
    process.on('message', (message: ToWorker) => void this.#take(message));
  }

  /** The metrics of all workers in Prometheus' text format, within about a second. */
  text(): Promise<string> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      tell({ kind: 'metrics wanted', id });
    });
  }

  async #take(message: ToWorker): Promise<void> {
    const { kind, id } = message;
    if (kind === 'figures wanted') {
      tell({ kind: 'figures', id, figures: await this.figures() });
    } else {
      this.#waiting.get(id)?.(message.text);
      this.#waiting.delete(id);
    }
  }
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
