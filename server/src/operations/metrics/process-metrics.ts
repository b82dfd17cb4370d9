import { readdir } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Metrics of prom-client that look at every open socket at each scrape: with 9,000, they take 72 ms together. */
const SLOW = [
  'process_open_fds',
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
];

/**
 * Aggregators for the metrics of several workers that differ from prom-client's. Heap and open files have a limit, so the
 * largest value counts.
 */
const MERGED = [
  { names: /^nodejs_(eventloop_lag_p|heap_)|_fds$|^herald_heap_limit/, aggregator: 'max' },
  { names: /^process_start_time/, aggregator: 'min' },
];

let registry: Registry | undefined;

/**
 * Metrics of the process and of Node: memory, CPU, garbage collection, delay of the event loop. They are recorded from
 * the first call on, so a server that nobody scrapes does not pay for them.
 */
export function processMetrics(): Registry {
  registry ??= begin();
  return registry;
}

function begin(): Registry {
  const begun = new Registry();
  collectDefaultMetrics({ register: begun });
  for (const name of SLOW) begun.removeSingleMetric(name);
  new Gauge({
    name: 'herald_heap_limit_bytes',
    help: 'Heap that Node allows; the process ends when it needs more.',
    registers: [begun],
  }).set(getHeapStatistics().heap_size_limit);
  new Gauge({
    name: 'process_open_fds',
    help: 'Number of open file descriptors.',
    registers: [begun],
    async collect() {
      const descriptors = await readdir('/proc/self/fd').catch(() => undefined);
      if (descriptors !== undefined) this.set(descriptors.length);
    },
  });
  for (const metric of begun.getMetricsAsArray() as { name: string; aggregator?: string }[]) {
    const rule = MERGED.find(({ names }) => names.test(metric.name));
    if (rule !== undefined) metric.aggregator = rule.aggregator;
  }
  return begun;
}
