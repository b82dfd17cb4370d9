import { Fleet } from '../load/fleet.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { settledKb } from '../process/settled-memory.js';
import { bytesInFlight } from '../process/socket-queues.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald } from '../systems/all.js';
import type { System } from '../systems/system.js';

const READERS = 1000;
const STALLED = 1000;
const RATE = 40;
/** Long enough to publish far more than the credit of a stalled reader. */
const WINDOW_SECONDS = 12;
/** Short enough: two settles and two windows fit into the 75 s of silence after which a stalled reader is closed. */
const SETTLED_MS = 9000;
const GIVE_UP_MS = 16_000;
const MAX_IN_FLIGHT_BYTES = 64 * 1024;
const MAX_P99_GROWTH = 1.1;
/** Per stalled reader and window. Includes a share of what grows for all, such as the history. */
const MAX_GROWTH_KB = 1;

/** Clients that say hello and then neither read nor acknowledge. */
export async function stalled(): Promise<PartReport> {
  const { alone, beside, inFlight, growthKb } = await withHerald(measure);
  const growth = beside / alone;
  return {
    title: `Stalled: ${STALLED} clients that stopped reading`,
    method: `${READERS} readers, ${RATE} messages a second; bytes in flight as the kernel counts them, memory from ${WINDOW_SECONDS} s of messages after the stall to ${WINDOW_SECONDS} s of messages later, each once garbage is collected. p99 of two windows of ${WINDOW_SECONDS} s each, the mean.`,
    columns: ['in flight, most KB', 'growth, KB each', 'readers’ p99 ms, none stalled', 'p99 ms, beside the stalled'],
    rows: [[figure(inFlight / 1024), figure(growthKb), figure(alone), figure(beside)]],
    targets: [
      {
        what: '≤ 64 KB in flight each',
        measured: `${figure(inFlight / 1024)} KB`,
        isMet: inFlight <= MAX_IN_FLIGHT_BYTES,
      },
      { what: 'no growth over time', measured: `${figure(growthKb)} KB each`, isMet: growthKb < MAX_GROWTH_KB },
      { what: 'p99 of the others within 10 %', measured: `${figure(growth)} ×`, isMet: growth <= MAX_P99_GROWTH },
    ],
    charts: [],
  };
}

async function measure(system: System) {
  const schedule = new Schedule();
  const fleet = await Fleet.connect({ ...system, schedule, count: READERS });
  const publisher = await Publisher.connect(system, schedule);
  const p99 = async (): Promise<number> => {
    fleet.latency.low.clear();
    await publisher.openLoop('low', RATE, RATE * WINDOW_SECONDS);
    await fleet.allDelivered();
    return fleet.latency.low.quantile(0.99);
  };
  await p99();
  const aloneBefore = await p99();
  const stalledFleet = await Fleet.connect({ ...system, schedule: new Schedule(), count: STALLED });
  for (const client of stalledFleet.clients) client.stall();
  // Warm-up: the stalled clients get the last bytes of their credit, and the server meets 1,000 more connections.
  await p99();
  const before = await settledKb(system.pid, SETTLED_MS, GIVE_UP_MS);
  const besideFirst = await p99();
  const growthKb = ((await settledKb(system.pid, SETTLED_MS, GIVE_UP_MS)) - before) / STALLED;
  const queues = bytesInFlight(system.port);
  const inFlight = Math.max(...stalledFleet.clients.map(({ socket }) => bytesOf(socket.localPort, queues)));
  const besideThen = await p99();
  stalledFleet.drop();
  const aloneAfter = await p99();
  fleet.drop();
  publisher.close();
  return { alone: (aloneBefore + aloneAfter) / 2, beside: (besideFirst + besideThen) / 2, inFlight, growthKb };
}

/** @throws Error when the server has closed the connection, which then did not stall for the whole time */
function bytesOf(port: number | undefined, queues: ReadonlyMap<number, number>): number {
  const bytes = queues.get(port ?? 0);
  if (bytes === undefined) throw new Error('A stalled client was cut off before the end');
  return bytes;
}
