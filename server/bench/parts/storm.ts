import { setTimeout as delay } from 'node:timers/promises';
import { LANES } from '../load/draft.js';
import { Fleet } from '../load/fleet.js';
import { Histogram } from '../load/histogram.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { Probe } from '../probe/probe.js';
import { comparedWithMemory } from '../report/compared-with-memory.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { forEachStore } from '../systems/all.js';
import { DURABLE_STORES, STORE_NAMES } from '../systems/stores.js';
import type { HeraldSystem } from '../systems/system.js';

const CONNECTIONS = 1000;
/** Connections whose latencies are measured. */
const FAST_PROBES = 50;
/** 1 Mb/s. */
const SLOW_BYTES_PER_SECOND = 125_000;
const LOW_MESSAGES = 1000;
const HIGH_RATE = 20;
const UNLOADED_SECONDS = 10;
/** One storm brings about 20 high messages, too few for a p99. */
const STORMS = 5;
const MAX_TO_UNLOADED = 1.5;
const MIN_TO_LOW = 20;

interface Quantiles {
  who: string;
  unloaded: number;
  high: number;
  low: number;
}

/** High priority during a million deliveries of low, to fast readers and to a reader at 1 Mb/s, with each store. */
export async function storm(): Promise<PartReport> {
  const byStore = await forEachStore(measure);
  const inMemory = byStore['in memory'];
  const results = STORE_NAMES.flatMap((store) => byStore[store].map((quantiles) => ({ store, ...quantiles })));
  return {
    title: 'Storm: high priority under 1,000,000 deliveries of low',
    method:
      `${CONNECTIONS} connections, all ${LOW_MESSAGES} low notifications due at once, ${STORMS} times after one that is not counted, and ${HIGH_RATE} high ones a second. ` +
      `p99 from due to received, in ms, of ${FAST_PROBES} of the connections and of a slow one, each kind in a process of its own.`,
    columns: [
      ...['store', 'client', 'high, unloaded', 'high, in the storm', 'low, in the storm'],
      ...['high to unloaded', 'low to high'],
    ],
    rows: results.map(({ store, who, unloaded, high, low }) => [
      ...[store, who, figure(unloaded), figure(high), figure(low)],
      ...[`${figure(high / unloaded)} ×`, `${figure(low / high)} ×`],
    ]),
    targets: [
      ...inMemory.flatMap(({ who, unloaded, high, low }) => [
        {
          what: `${who}: p99 of high ≤ ${MAX_TO_UNLOADED} × unloaded`,
          measured: `${figure(high / unloaded)} ×`,
          isMet: high <= MAX_TO_UNLOADED * unloaded,
        },
        {
          what: `${who}: p99 of high ≥ ${MIN_TO_LOW} × better than low`,
          measured: `${figure(low / high)} ×`,
          isMet: low >= MIN_TO_LOW * high,
        },
      ]),
      ...DURABLE_STORES.flatMap((store) =>
        byStore[store].map(({ who, high }, n) =>
          comparedWithMemory(`${store}, ${who}: p99 of high`, high / (inMemory[n]?.high ?? NaN)),
        ),
      ),
    ],
    charts: [],
  };
}

async function measure(system: HeraldSystem): Promise<Quantiles[]> {
  const schedule = new Schedule();
  const load = await Fleet.connect({ ...system, schedule, count: CONNECTIONS - FAST_PROBES });
  const low = await Publisher.connect(system, schedule);
  // Warm-up: during the first storm the engine still compiles the server's code.
  await low.burst('low', LOW_MESSAGES);
  await load.allDeliveredIn('low');
  /** Uses new connections, whose speed the server has not measured yet. */
  const measured = async (who: string, probes: { count: number; bytesPerSecond?: number }): Promise<Quantiles> => {
    const probe = await Probe.connect({ ...system, ...probes }, schedule);
    await probe.publishing(HIGH_RATE, () => delay(UNLOADED_SECONDS * 1000));
    const unloaded = await probe.latencies();
    const stormy = { high: new Histogram(), low: new Histogram() };
    for (let n = 0; n < STORMS; n++) {
      await probe.publishing(HIGH_RATE, async () => {
        await low.burst('low', LOW_MESSAGES);
        await load.allDeliveredIn('low');
        await probe.allOf('low');
      });
      const latencies = await probe.latencies();
      for (const lane of LANES) stormy[lane].addAll(latencies[lane]);
    }
    probe.stop();
    return { who, unloaded: p99(unloaded.high), high: p99(stormy.high), low: p99(stormy.low) };
  };
  const results = [
    await measured('fast readers', { count: FAST_PROBES }),
    await measured('1 Mb/s reader', { count: 1, bytesPerSecond: SLOW_BYTES_PER_SECOND }),
  ];
  low.close();
  load.drop();
  return results;
}

function p99(latency: Histogram): number {
  return latency.quantile(0.99);
}
