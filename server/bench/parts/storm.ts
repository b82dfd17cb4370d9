import { Fleet } from '../load/fleet.js';
import type { Histogram } from '../load/histogram.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { Probe } from '../probe/probe.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald } from '../systems/all.js';
import type { HeraldSystem } from '../systems/system.js';

const CONNECTIONS = 1000;
/** Of them, those whose latencies are measured. */
const FAST_PROBES = 50;
/** 1 Mb/s. */
const SLOW_BYTES_PER_SECOND = 125_000;
const LOW_MESSAGES = 1000;
const HIGH_RATE = 20;
const UNLOADED_SECONDS = 10;
/** One brings a score of high messages, too few for a p99. */
const STORMS = 5;
const MAX_TO_UNLOADED = 1.5;
const MIN_TO_LOW = 20;

interface Quantiles {
  who: string;
  unloaded: number;
  high: number;
  low: number;
}

/** High priority while a million deliveries of low are under way, to fast readers and to one that reads at 1 Mb/s. */
export async function storm(): Promise<PartReport> {
  const results = await withHerald(measure);
  return {
    title: 'Storm: high priority under 1,000,000 deliveries of low',
    method:
      `${CONNECTIONS} connections, all ${LOW_MESSAGES} low notifications due at once, ${STORMS} times, and ${HIGH_RATE} high ones a second. ` +
      `p99 from due to received, in ms, of ${FAST_PROBES} of the connections and of a slow one, each kind in a process of its own.`,
    columns: ['client', 'high, unloaded', 'high, in the storm', 'low, in the storm', 'high to unloaded', 'low to high'],
    rows: results.map(({ who, unloaded, high, low }) => [
      ...[who, figure(unloaded), figure(high), figure(low), `${figure(high / unloaded)} ×`, `${figure(low / high)} ×`],
    ]),
    targets: results.flatMap(({ who, unloaded, high, low }) => [
      { what: `${who}: p99 of high ≤ ${MAX_TO_UNLOADED} × unloaded`, measured: `${figure(high / unloaded)} ×`, isMet: high <= MAX_TO_UNLOADED * unloaded },
      { what: `${who}: p99 of high ≥ ${MIN_TO_LOW} × better than low`, measured: `${figure(low / high)} ×`, isMet: low >= MIN_TO_LOW * high },
    ]),
    charts: [],
  };
}

async function measure(system: HeraldSystem): Promise<Quantiles[]> {
  const schedule = new Schedule();
  const load = await Fleet.connect({ ...system, schedule, count: CONNECTIONS - FAST_PROBES });
  // Watched by the fleet too, so that a storm is over only when the slow one has all of it.
  const slowLoad = await Fleet.connect({ ...system, schedule, count: 1, bytesPerSecond: SLOW_BYTES_PER_SECOND });
  const fast = await Probe.connect({ ...system, count: FAST_PROBES });
  const slow = await Probe.connect({ ...system, count: 1, bytesPerSecond: SLOW_BYTES_PER_SECOND });
  const [low, high] = [await Publisher.connect(system, schedule), await Publisher.connect(system, schedule, 1)];
  /** So many rounds, for as long as they take; what they brought these probes. */
  const during = async (probe: Probe, rounds: number, round: () => Promise<void>): Promise<Record<'high' | 'low', Histogram>> => {
    await probe.latencies(schedule);
    for (let n = 0; n < rounds; n++) await round();
    for (const fleet of [load, slowLoad]) await fleet.allDelivered();
    return probe.latencies(schedule);
  };
  const stormUntil = (fleet: Fleet) => async (): Promise<void> => {
    let isOver = false;
    const passed = low.burst('low', LOW_MESSAGES).then(() => fleet.allDeliveredIn('low'));
    const over = passed.finally(() => (isOver = true));
    await Promise.all([over, high.openLoop('high', HIGH_RATE, () => isOver)]);
    for (const each of [load, slowLoad]) await each.allDelivered();
  };
  const quiet = (): Promise<void> => high.openLoop('high', HIGH_RATE, HIGH_RATE * UNLOADED_SECONDS);

  await high.openLoop('high', HIGH_RATE, HIGH_RATE);
  const unloaded = { fast: await during(fast, 1, quiet), slow: await during(slow, 1, quiet) };
  const stormy = { fast: await during(fast, STORMS, stormUntil(load)), slow: await during(slow, STORMS, stormUntil(slowLoad)) };
  for (const publisher of [low, high]) publisher.close();
  for (const fleet of [load, slowLoad]) fleet.drop();
  for (const probe of [fast, slow]) probe.stop();
  return (['fast', 'slow'] as const).map((kind) => ({
    who: kind === 'fast' ? 'fast readers' : '1 Mb/s reader',
    unloaded: p99(unloaded[kind].high),
    high: p99(stormy[kind].high),
    low: p99(stormy[kind].low),
  }));
}

function p99(latency: Histogram): number {
  return latency.quantile(0.99);
}
