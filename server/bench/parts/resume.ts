import { HeraldDialect } from '../load/herald-dialect.js';
import { Fleet } from '../load/fleet.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { costOf } from '../process/cost.js';
import { figure, percent } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald } from '../systems/all.js';
import type { System } from '../systems/system.js';

const CLIENTS = 5000;
const BEHIND = 300;

/** All clients lose their connections at once, miss notifications, and reconnect at once. */
export async function resume(): Promise<PartReport> {
  const { delivered, retries, seconds, serverCpuMicros, serverShare, clientShare } = await withHerald(measure);
  const due = CLIENTS * BEHIND;
  return {
    title: `Resume storm: ${CLIENTS} clients dropped at once, each ${BEHIND} messages behind`,
    method:
      'All come back in the same moment, without the backoff that real clients keep; one that is turned away tries again after 500 ms.',
    columns: [
      'all live after s',
      'retries',
      'deliveries',
      'deliveries/s',
      'CPU-ms per client',
      'server CPU',
      'client CPU',
    ],
    rows: [
      [
        ...[seconds, retries, delivered, delivered / seconds, serverCpuMicros / 1000 / CLIENTS].map(figure),
        ...[serverShare, clientShare].map(percent),
      ],
    ],
    targets: [{ what: 'all live again, nothing missed', measured: `${delivered} of ${due}`, isMet: delivered === due }],
    charts: [],
  };
}

async function measure(system: System) {
  if (!(system.dialect instanceof HeraldDialect)) throw new TypeError('Only Herald resumes');
  const { dialect } = system;
  const before = await Fleet.connect({ ...system, schedule: new Schedule(), count: CLIENTS });
  const publisher = await Publisher.connect(system, new Schedule());
  before.drop();
  await publisher.burst('low', BEHIND);
  publisher.close();
  if (dialect.positions === undefined) throw new Error('No client was welcomed');
  const returning = dialect.resuming(dialect.positions);
  let fleet: Fleet | undefined;
  const schedule = new Schedule();
  const cost = await costOf(system.pid, async () => {
    fleet = await Fleet.connect({ ...system, dialect: returning, schedule, count: CLIENTS, openingAtOnce: CLIENTS });
    await fleet.allLive();
  });
  fleet?.drop();
  return { ...cost, delivered: fleet?.delivered ?? 0, retries: fleet?.retries ?? 0 };
}
