import { Injectable } from '@nestjs/common';
import { Connections } from '../../connections/connections.js';
import { DeliveryEngine } from '../../delivery/delivery-engine.js';
import { Store } from '../../repository/store.js';
import { VERSION } from '../version.js';
import { addConnectionMetrics } from './connection-metrics.js';
import { addDeliveryMetrics } from './delivery-metrics.js';
import { FigureRegistry } from './figure-registry.js';
import { processMetrics } from './process-metrics.js';
import { addStoreMetrics } from './store-metrics.js';

/** The figures of this process for Prometheus. A scrape sums counters; it looks at no connection. */
@Injectable()
export class Metrics {
  readonly #registry = new FigureRegistry();

  constructor(delivery: DeliveryEngine, connections: Connections, store: Store) {
    this.#registry.gauge('herald_build_info', 'The version of the server; always 1.', ['version'], () => [
      [{ version: VERSION }, 1],
    ]);
    addConnectionMetrics(this.#registry, connections.totals);
    addDeliveryMetrics(this.#registry, delivery.totals);
    addStoreMetrics(this.#registry, store);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything in Prometheus' text format. */
  async text(): Promise<string> {
    return `${await this.#registry.metrics()}\n${await processMetrics().metrics()}`;
  }
}
