import { Fleet } from '../load/fleet.js';
import { Histogram } from '../load/histogram.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { cpuTime } from '../process/accounting.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withNodes } from '../systems/all.js';
import type { BenchStore } from '../systems/stores.js';
import type { HeraldSystem } from '../systems/system.js';

const NODES = 3;
/** All nodes together: enough that each of three has as many sends to store together as one in the other parts. */
const PUBLISHERS = 192;
const LISTENERS = 99;
/** Each of three servers gets a third of the sends, and its code is compiled as it gets them. */
const WARM_UP_MS = 6000;
const MEASURED_MS = 8000;
const MIN_SHARE = 0.75;
/** From one node to clients of the others. */
const ACROSS = { rate: 500, seconds: 10, clients: 10 };
const MAX_ACROSS_P99_MS = 50;

/** Servers that share a database and two cores, against one server with the same. */
export async function nodes(): Promise<PartReport> {
  const one = await withNodes(1, throughput);
  const { several, across } = await withNodes(NODES, async (all, store) => {
    const several = await throughput(all, store);
    return { several, across: await latencyAcross(all) };
  });
  const share = several.perSecond / one.perSecond;
  const rowOf = (count: number, { perSecond, serverMicros, databaseMicros, databaseCores }: Throughput): string[] => [
    String(count),
    ...[perSecond, serverMicros, databaseMicros, databaseCores].map(figure),
  ];
  const p99 = across.quantile(0.99);
  return {
    title: `Nodes: ${NODES} servers and one, over PostgreSQL`,
    method:
      `Servers, database and load on the same two cores. ${PUBLISHERS} connections send, each once it was answered, and ${LISTENERS} clients ` +
      `receive everything, spread over the servers. Then one server gets ${ACROSS.rate} sends a second, from due to received by ` +
      `${ACROSS.clients} clients of each other one: p50 ${figure(across.quantile(0.5))} ms, p99 ${figure(p99)} ms, at most ${figure(across.quantile(1))} ms.`,
    columns: ['servers', 'sends/s', 'CPU-µs per send', 'CPU-µs of the database', 'cores of the database'],
    rows: [rowOf(1, one), rowOf(NODES, several)],
    targets: [
      {
        what: `sends/s of ${NODES} servers ≥ ${MIN_SHARE} × of one`,
        measured: `${figure(share)} ×`,
        isMet: share >= MIN_SHARE,
      },
      {
        what: `across servers: p99 ≤ ${MAX_ACROSS_P99_MS} ms`,
        measured: `${figure(p99)} ms`,
        isMet: p99 <= MAX_ACROSS_P99_MS,
      },
    ],
    charts: [],
  };
}

interface Throughput {
  readonly perSecond: number;
  readonly serverMicros: number;
  readonly databaseMicros: number;
  /** Busy cores of the database. */
  readonly databaseCores: number;
}

async function throughput(systems: readonly HeraldSystem[], { databaseCpuMicros }: BenchStore): Promise<Throughput> {
  const schedule = new Schedule();
  const count = systems.length;
  const fleets = await Promise.all(
    systems.map((system) => Fleet.connect({ ...system, schedule, count: LISTENERS / count })),
  );
  const publishers = await Promise.all(
    systems.map((system) => Publisher.connect(system, schedule, PUBLISHERS / count)),
  );
  const publishFor = async (ms: number): Promise<number> => {
    const counts = await Promise.all(publishers.map((publisher) => publisher.closedLoopFor(ms)));
    return counts.reduce((sum, some) => sum + some, 0);
  };
  await publishFor(WARM_UP_MS);
  const cpu = (): number => systems.reduce((sum, { pid }) => sum + cpuTime(pid).micros, 0);
  const [begin, before, databaseBefore] = [performance.now(), cpu(), databaseCpuMicros()];
  const sends = await publishFor(MEASURED_MS);
  const [ms, used, databaseUsed] = [performance.now() - begin, cpu() - before, databaseCpuMicros() - databaseBefore];
  await Promise.all(fleets.map((fleet) => fleet.allDelivered()));
  for (const publisher of publishers) publisher.close();
  for (const fleet of fleets) fleet.drop();
  return {
    perSecond: sends / (ms / 1000),
    serverMicros: used / sends,
    databaseMicros: databaseUsed / sends,
    databaseCores: databaseUsed / 1000 / ms,
  };
}

async function latencyAcross([first, ...others]: readonly HeraldSystem[]): Promise<Histogram> {
  if (first === undefined) throw new Error('There is no server');
  const schedule = new Schedule();
  const fleets = await Promise.all(
    others.map((system) => Fleet.connect({ ...system, schedule, count: ACROSS.clients })),
  );
  const publisher = await Publisher.connect(first, schedule, PUBLISHERS / NODES);
  await publisher.openLoop('low', ACROSS.rate, ACROSS.rate * ACROSS.seconds);
  await Promise.all(fleets.map((fleet) => fleet.allDelivered()));
  publisher.close();
  const latency = new Histogram();
  for (const fleet of fleets) {
    latency.addAll(fleet.latency.low);
    fleet.drop();
  }
  return latency;
}
