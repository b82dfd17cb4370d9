import type { ConnectionTotals } from '../../connections/connection-totals.js';
import { refusalTotals } from '../../http/refusal/refusal-totals.js';
import { doorTotals } from '../../ingest/door-totals.js';
import type { FigureRegistry, Sample } from './figure-registry.js';

const TRANSPORTS = ['websocket', 'event-stream'] as const;

/** Adds the metrics of connections, of refused requests and of the doors. */
export function addConnectionMetrics(registry: FigureRegistry, totals: ConnectionTotals): void {
  registry.gauge({ name: 'herald_connections', help: 'Open connections.', labelNames: ['transport'] }, () =>
    TRANSPORTS.map((transport) => [{ transport }, totals.open[transport]]),
  );
  registry.counter(
    'herald_connection_closes_total',
    'Connections that the server has closed, by the code that WebSockets get.',
    ['transport', 'code'],
    () => TRANSPORTS.flatMap((transport) => closesOf(transport, totals)),
  );
  registry.counter(
    'herald_slow_clients_cut_total',
    'Connections that the server has closed because their clients read too slowly.',
    ['transport'],
    () => TRANSPORTS.map((transport) => [{ transport }, totals.slow(transport)]),
  );
  registry.counter(
    'herald_refusals_total',
    'Requests and WebSocket upgrades that were refused, by the code of the answer.',
    ['code'],
    () => Object.entries(refusalTotals).map(([code, count]) => [{ code }, count]),
  );
  registry.counter(
    'herald_door_changes_total',
    'Parts of messages from other systems that were cut or dropped.',
    ['change'],
    () => Object.entries(doorTotals).map(([change, count]) => [{ change }, count]),
  );
}

function closesOf(transport: (typeof TRANSPORTS)[number], { closes }: ConnectionTotals): Sample[] {
  return [...closes[transport]].map(([code, count]) => [{ transport, code: String(code) }, count]);
}
