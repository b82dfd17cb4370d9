import { comparedWithMemory } from '../report/compared-with-memory.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { type ByStore, forEachStore } from '../systems/all.js';
import { DURABLE_STORES, STORE_NAMES } from '../systems/stores.js';
import type { HeraldSystem } from '../systems/system.js';
import { fanOut, type FanOut, type FanOutLoad } from './fan-out.js';

const LOADS = {
  'each alone, 40/s': { connections: 1000, rate: 40, seconds: 8, warmUp: { rate: 250, seconds: 3 } },
  'burst, 1,000/s': { connections: 1000, rate: 1000, seconds: 5, warmUp: { rate: 1000, seconds: 2 } },
} satisfies Record<string, FanOutLoad>;
type LoadName = keyof typeof LOADS;
const LOAD_NAMES = Object.keys(LOADS) as LoadName[];

interface Measured extends FanOut {
  /** CPU time of a delivery without its share of the send. */
  readonly perDelivery: number;
  readonly perSend: number;
}

/** The cost of deliveries, whatever the store. */
export async function stores(): Promise<PartReport> {
  const results = await forEachStore(measureAll);
  return {
    title: 'Stores: CPU per delivery, 1,000 connections',
    method:
      'Published by HTTP. CPU of the server: per send, from the same load without connections; per delivery, what it takes ' +
      'beyond that. The database is left out.',
    columns: ['load', 'store', 'CPU-µs per delivery', '× in memory', 'CPU-µs per send', 'p50 ms', 'p99 ms'],
    rows: LOAD_NAMES.flatMap((load) =>
      STORE_NAMES.map((store) => {
        const { perDelivery, perSend, p50, p99 } = results[store][load];
        const ratio = ratioOf(results, load, store);
        return [load, store, ...[perDelivery, ratio, perSend, p50, p99].map(figure)];
      }),
    ),
    targets: LOAD_NAMES.flatMap((load) =>
      DURABLE_STORES.map((store) =>
        comparedWithMemory(`${store}, ${load}: CPU per delivery`, ratioOf(results, load, store)),
      ),
    ),
    charts: [],
  };
}

type Results = ByStore<Record<LoadName, Measured>>;

function ratioOf(results: Results, load: LoadName, store: keyof Results): number {
  return results[store][load].perDelivery / results['in memory'][load].perDelivery;
}

async function measureAll(system: HeraldSystem): Promise<Record<LoadName, Measured>> {
  const results: [LoadName, Measured][] = [];
  for (const name of LOAD_NAMES) results.push([name, await measure(system, LOADS[name])]);
  return Object.fromEntries(results) as Record<LoadName, Measured>;
}

async function measure(system: HeraldSystem, load: FanOutLoad): Promise<Measured> {
  const delivered = await fanOut(system, load);
  const sendsAlone = await fanOut(system, { ...load, connections: 0 });
  return {
    ...delivered,
    perDelivery: (delivered.serverCpuMicros - sendsAlone.serverCpuMicros) / delivered.deliveries,
    perSend: sendsAlone.serverCpuMicros / (load.rate * load.seconds),
  };
}
