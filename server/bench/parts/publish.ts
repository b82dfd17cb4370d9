import { Histogram } from '../load/histogram.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { costOf } from '../process/cost.js';
import { figure, percent } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { type ByStore, forEachStore } from '../systems/all.js';
import { type BenchStore, DURABLE_STORES, STORE_NAMES } from '../systems/stores.js';
import type { System } from '../systems/system.js';

const PUBLISHERS = 64;
const WARM_UP_MS = 3000;
const MEASURED_MS = 8000;
const STEADY_RATE = 1000;
const STEADY_SECONDS = 10;
const MIN_PER_SECOND = 5000;
/** Sends of a store on the disk, as a share of those in memory; and the p99 of one at the steady rate. */
const DURABLE = {
  SQLite: { minShare: 0.5, maxP99Ms: 10 },
  PostgreSQL: { minShare: 0.3, maxP99Ms: 20 },
};

/** Single sends: each is authenticated, validated, stored and answered. */
export async function publish(): Promise<PartReport> {
  const results = await forEachStore(measure);
  return {
    title: 'Publish: authenticated, validated single sends',
    method:
      `POST /api/notifications/send on ${PUBLISHERS} kept-alive connections, each sending once it was answered; ` +
      `then ${STEADY_RATE.toLocaleString('en')} a second, from due to answered. PostgreSQL shares both cores.`,
    columns: [
      ...['store', 'sends/s', 'CPU-µs per send', 'CPU-µs of the database', 'server CPU', 'client CPU'],
      ...['p50 ms at the rate', 'p99 ms'],
    ],
    rows: STORE_NAMES.map((name) => rowOf(name, results[name])),
    targets: [
      {
        what: `≥ ${figure(MIN_PER_SECOND)} sends/s on one core`,
        measured: figure(results['in memory'].perSecond),
        isMet: results['in memory'].perSecond >= MIN_PER_SECOND,
      },
      ...targetsOf(results),
    ],
    charts: [],
  };
}

type Measured = Awaited<ReturnType<typeof measure>>;

function rowOf(name: string, { perSecond, micros, databaseMicros, serverShare, clientShare, p50, p99 }: Measured) {
  return [
    ...[name, figure(perSecond), figure(micros), figure(databaseMicros), percent(serverShare), percent(clientShare)],
    ...[figure(p50), figure(p99)],
  ];
}

function targetsOf(results: ByStore<Measured>): PartReport['targets'] {
  return DURABLE_STORES.flatMap((name) => {
    const { minShare, maxP99Ms } = DURABLE[name];
    const { perSecond, p99 } = results[name];
    const share = perSecond / results['in memory'].perSecond;
    return [
      {
        what: `${name}: sends/s ≥ ${figure(minShare)} × in memory`,
        measured: `${figure(share)} ×`,
        isMet: share >= minShare,
      },
      { what: `${name}: p99 of a send ≤ ${maxP99Ms} ms`, measured: `${figure(p99)} ms`, isMet: p99 <= maxP99Ms },
    ];
  });
}

async function measure(system: System, { databaseCpuMicros }: BenchStore) {
  const publisher = await Publisher.connect(system, new Schedule(), PUBLISHERS);
  await publisher.closedLoopFor(WARM_UP_MS);
  let count = 0;
  const before = databaseCpuMicros();
  const cost = await costOf(system.pid, async () => {
    count = await publisher.closedLoopFor(MEASURED_MS);
  });
  const databaseMicros = (databaseCpuMicros() - before) / count;
  const answers = new Histogram();
  await publisher.openLoop('low', STEADY_RATE, STEADY_RATE * STEADY_SECONDS, (ms) => answers.add(ms));
  publisher.close();
  const [p50, p99] = [answers.quantile(0.5), answers.quantile(0.99)];
  return { perSecond: count / cost.seconds, micros: cost.serverCpuMicros / count, databaseMicros, ...cost, p50, p99 };
}
