import { HeraldDialect } from '../load/herald-dialect.js';
import { LoadClient, type LoadListener } from '../load/load-client.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { pinClients } from '../process/cores.js';
import { TO_MACHINE_MS } from './clock.js';
import type { Arrival, Order, ProbeOptions } from './messages.js';

/** Connects its clients, reports that they are ready, and then follows the orders of its parent. */
const { token, count, bytesPerSecond, published, ...target } = JSON.parse(process.argv[2] ?? '') as ProbeOptions;
let arrivals: Arrival[] = [];
let ready = 0;

const listener: LoadListener = {
  onDelivery: (_, lane, index, at) => arrivals.push([lane, published[lane] + index, at + TO_MACHINE_MS]),
  onReady: () => {
    ready += 1;
    if (ready === count) process.send?.('ready');
  },
  onLive: () => undefined,
  onLost: (_, reason) => {
    throw new Error(`A probe was lost: ${reason}`);
  },
};

pinClients();
const schedule = new Schedule();
const publisher = await Publisher.connect(target, schedule, 1);
let isEnough = false;
let publishing = Promise.resolve();

process.on('message', (order: Order) => void obey(order).then((answer) => process.send?.(answer)));
process.on('disconnect', () => process.exit());
const dialect = new HeraldDialect(token);
for (let n = 0; n < count; n++) new LoadClient(target.port, dialect, listener, bytesPerSecond);

/** @returns the reply: arrivals since the last report, or due times of high by the machine's clock */
async function obey(order: Order): Promise<Arrival[] | number[]> {
  if (order.do === 'publish') {
    isEnough = false;
    publishing = publisher.openLoop('high', order.rate, () => isEnough);
    return [];
  }
  if (order.do === 'end publishing') {
    isEnough = true;
    await publishing;
    return schedule.high.splice(0).map((dueAt) => dueAt + TO_MACHINE_MS);
  }
  const all = arrivals;
  arrivals = [];
  return all;
}
