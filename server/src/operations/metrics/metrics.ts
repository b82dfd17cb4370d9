import { Injectable } from '@nestjs/common';
import cluster from 'node:cluster';
import { Connections } from '../../connections/connections.js';
import { DeliveryEngine } from '../../delivery/delivery-engine.js';
import { Store } from '../../repository/store.js';
import { VERSION } from '../version.js';
import { addConnectionMetrics } from './connection-metrics.js';
import { addDeliveryMetrics } from './delivery-metrics.js';
import { FigureRegistry } from './figure-registry.js';
import { processMetrics } from './process-metrics.js';
import type { Figures } from './merged-metrics.js';
import { addStoreMetrics } from './store-metrics.js';
import { WorkerMetrics } from './worker-metrics.js';

/** The figures of this process, or of all workers, for Prometheus. A scrape adds counters; it visits no connection. */
@Injectable()
export class Metrics {
  readonly #registry = new FigureRegistry();
  readonly #worker = cluster.isWorker ? new WorkerMetrics(() => this.#figures()) : undefined;

  constructor(delivery: DeliveryEngine, connections: Connections, store: Store) {
    const build = { name: 'herald_build_info', help: 'The version of the server; always 1.', labelNames: ['version'] };
    this.#registry.gauge({ ...build, aggregator: 'first' }, () => [[{ version: VERSION }, 1]]);
    addConnectionMetrics(this.#registry, connections.totals);
    addDeliveryMetrics(this.#registry, delivery.totals);
    addStoreMetrics(this.#registry, store);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything in Prometheus' text format. */
  async text(): Promise<string> {
    if (this.#worker !== undefined) return this.#worker.text();
    return `${await this.#registry.metrics()}\n${await processMetrics().metrics()}`;
  }

  async #figures(): Promise<Figures> {
    return [...(await this.#registry.getMetricsAsJSON()), ...(await processMetrics().getMetricsAsJSON())];
  }
}
