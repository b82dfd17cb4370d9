import { Histogram, type MetricValueWithName } from 'prom-client';
import type { Distribution } from '../../figures/distribution.js';

/** A distribution, and the values of its labels. */
export type Labelled = readonly [labels: Readonly<Record<string, string>>, distribution: Distribution];

interface Rendered {
  name: string;
  help: string;
  type: 'histogram';
  values: MetricValueWithName<string>[];
  aggregator: 'sum';
}

/** A histogram of prom-client that shows values which another room has counted. */
export class DistributionMetric extends Histogram {
  readonly #facts: Omit<Rendered, 'values'>;

  constructor(
    name: string,
    help: string,
    private readonly distributions: readonly Labelled[],
  ) {
    super({ name, help, registers: [] });
    this.#facts = { name, help, type: 'histogram', aggregator: 'sum' };
  }

  override get(): ReturnType<Histogram['get']> {
    return this.getForPromString() as never;
  }

  /** Called by the registry at each scrape. */
  getForPromString(): Promise<Rendered> {
    const values = this.distributions.flatMap((labelled) => valuesOf(this.#facts.name, labelled));
    return Promise.resolve({ ...this.#facts, values });
  }
}

/** A bucket of Prometheus holds the smaller values, too. */
function valuesOf(name: string, [labels, { bounds, counts, sum }]: Labelled): MetricValueWithName<string>[] {
  let count = 0;
  const buckets = [...bounds.map(String), '+Inf'].map((le, n) => {
    count += counts[n] ?? 0;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
