import { HeraldDialect } from '../load/herald-dialect.js';
import { LoadClient, type LoadListener } from '../load/load-client.js';
import { pinClients } from '../process/cores.js';
import { TO_MACHINE_MS } from './clock.js';
import type { Arrival, ProbeOptions } from './messages.js';

/** Connects the probes, says so, and answers each message with what has come since the one before. */
const { port, token, count, bytesPerSecond } = JSON.parse(process.argv[2] ?? '') as ProbeOptions;
let arrivals: Arrival[] = [];
let ready = 0;

const listener: LoadListener = {
  onDelivery: (_, lane, index, at) => arrivals.push([lane, index, at + TO_MACHINE_MS]),
  onReady: () => {
    ready += 1;
    if (ready === count) process.send?.([]);
  },
  onLive: () => undefined,
  onLost: (_, reason) => {
    throw new Error(`A probe was lost: ${reason}`);
  },
};

pinClients();
process.on('message', () => {
  process.send?.(arrivals);
  arrivals = [];
});
process.on('disconnect', () => process.exit());
const dialect = new HeraldDialect(token);
for (let n = 0; n < count; n++) new LoadClient(port, dialect, listener, bytesPerSecond);
