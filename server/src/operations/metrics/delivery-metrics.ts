import { PRIORITIES } from '@herald/protocol';
import type { DeliveryTotals, LaneTotals } from '../../delivery/totals.js';
import type { FigureRegistry, Sample } from './figure-registry.js';

/** Adds the metrics of delivery. */
export function addDeliveryMetrics(registry: FigureRegistry, totals: DeliveryTotals): void {
  const { lanes, gaps, resumes } = totals;
  const byLane = (figure: (lane: LaneTotals) => number) => (): Sample[] =>
    PRIORITIES.map((lane) => [{ lane }, figure(lanes[lane])]);
  registry.counter(
    'herald_deliveries_total',
    'Entries handed to connections; an entry counts once for each connection.',
    ['lane'],
    byLane(({ entries }) => entries),
  );
  registry.counter(
    'herald_delivered_bytes_total',
    'Bytes of the frames of these entries.',
    ['lane'],
    byLane(({ bytes }) => bytes),
  );
  registry.histogram(
    'herald_delivery_latency_seconds',
    'Time from the event of a stored entry until it was written to a live connection. Entries of one write count with the oldest.',
    PRIORITIES.map((lane) => [{ lane }, lanes[lane].waits]),
  );
  registry.gauge(
    {
      name: 'herald_backlog_entries',
      help: 'Entries that open connections have yet to be sent; an entry counts once for each connection.',
      labelNames: ['lane'],
    },
    byLane(({ waiting }) => waiting),
  );
  registry.counter(
    'herald_window_stalls_total',
    'Times that a connection had something to send, and no room in its window.',
    ['lane'],
    byLane(({ stalls }) => stalls),
  );
  registry.counter('herald_gaps_total', 'Gaps announced to clients.', ['reason'], () =>
    Object.entries(gaps).map(([reason, count]) => [{ reason }, count]),
  );
  registry.counter('herald_resumes_total', 'Connections that began at the positions of a client.', ['outcome'], () =>
    Object.entries(resumes).map(([outcome, count]) => [{ outcome }, count]),
  );
  registry.gauge(
    {
      name: 'herald_log_lag_entries',
      help: 'Entries of other nodes that no hint had told of when the heads were last checked; 0 with one node.',
      aggregator: 'max',
    },
    () => [[{}, totals.lagEntries]],
  );
}
