import { Counter, Gauge, type GaugeConfiguration, Registry } from 'prom-client';
import { DistributionMetric, type Labelled } from './distribution-metric.js';

/** A figure, and the values of its labels. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

type GaugeFacts = Pick<GaugeConfiguration<string>, 'name' | 'help' | 'labelNames' | 'aggregator'>;

/**
 * Metrics whose figures other rooms keep. They are read at each scrape, so that counting needs no metrics. Names follow
 * the conventions of Prometheus; each label has few values, which clients can't choose.
 */
export class FigureRegistry extends Registry {
  counter(name: string, help: string, labelNames: string[], read: () => readonly Sample[]): void {
    new Counter({
      ...{ name, help, labelNames, registers: [this] },
      collect() {
        this.reset();
        for (const [labels, value] of read()) this.inc(labels, value);
      },
    });
  }

  /** @param facts `aggregator` merges the values of several workers; by default they are summed */
  gauge(facts: GaugeFacts, read: () => readonly Sample[] | Promise<Sample[]>): void {
    new Gauge({
      ...facts,
      registers: [this],
      async collect() {
        for (const [labels, value] of await read()) this.set(labels, value);
      },
    });
  }

  histogram(name: string, help: string, distributions: readonly Labelled[]): void {
    this.registerMetric(new DistributionMetric(name, help, distributions));
  }
}
