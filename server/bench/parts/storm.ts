import { LANES, type LoadLane } from '../load/draft.js';
import { Fleet } from '../load/fleet.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald } from '../systems/all.js';
import type { System } from '../systems/system.js';

const CONNECTIONS = 1000;
const LOW_MESSAGES = 1000;
const HIGH_RATE = 20;
const UNLOADED_SECONDS = 10;
/** 1 Mb/s. */
const SLOW_BYTES_PER_SECOND = 125_000;
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
    method: `${CONNECTIONS} connections, all ${LOW_MESSAGES} low notifications due at once, ${HIGH_RATE} high ones a second. p99 from due to received, in ms.`,
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

async function measure(system: System): Promise<Quantiles[]> {
  const schedule = new Schedule();
  const fast = await Fleet.connect({ ...system, schedule, count: CONNECTIONS });
  const slow = await Fleet.connect({ ...system, schedule, count: 1, bytesPerSecond: SLOW_BYTES_PER_SECOND });
  const fleets = [fast, slow];
  const [low, high] = [await Publisher.connect(system, schedule), await Publisher.connect(system, schedule, 1)];
  const quiet = async (): Promise<void> => {
    for (const fleet of fleets) await fleet.allDelivered();
    for (const { latency } of fleets) for (const lane of LANES) latency[lane].clear();
  };
  /** A storm, and high until it has passed for this fleet. */
  const stormOver = async (fleet: Fleet): Promise<Pick<Quantiles, 'high' | 'low'>> => {
    await quiet();
    let isOver = false;
    const passed = low.burst('low', LOW_MESSAGES).then(() => fleet.allDeliveredIn('low'));
    const over = passed.finally(() => (isOver = true));
    await Promise.all([over, high.openLoop('high', HIGH_RATE, () => isOver)]);
    return { high: p99(fleet, 'high'), low: p99(fleet, 'low') };
  };

  await high.openLoop('high', HIGH_RATE, HIGH_RATE);
  await quiet();
  await high.openLoop('high', HIGH_RATE, HIGH_RATE * UNLOADED_SECONDS);
  for (const fleet of fleets) await fleet.allDelivered();
  const unloaded = fleets.map((fleet) => p99(fleet, 'high'));
  const loaded = [await stormOver(fast), await stormOver(slow)];
  for (const publisher of [low, high]) publisher.close();
  for (const fleet of fleets) fleet.drop();
  return loaded.map((storm, i) => ({ who: i === 0 ? 'fast readers' : '1 Mb/s reader', unloaded: unloaded[i] ?? NaN, ...storm }));
}

function p99(fleet: Fleet, lane: LoadLane): number {
  return fleet.latency[lane].quantile(0.99);
}
