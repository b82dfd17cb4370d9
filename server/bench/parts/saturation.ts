import { Fleet } from '../load/fleet.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { costOf } from '../process/cost.js';
import { figure, percent } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { forEachSystem } from '../systems/all.js';
import type { System } from '../systems/system.js';

const CONNECTIONS = 1000;
const SECONDS = 5;

/** Measures the maximum throughput of deliveries. */
export async function saturation(): Promise<PartReport> {
  const results = await forEachSystem(saturate);
  return {
    title: 'Saturation: 1,000 connections, as fast as it goes',
    method:
      'Each of 8 publishers sends its next notification once the last was answered. Where the clients use 70 % of their core or more, the figure is theirs as much as the server’s: then it is a lower bound.',
    columns: ['system', 'deliveries/s', 'CPU-µs per delivery', 'server CPU', 'client CPU'],
    rows: results.map(({ name, perSecond, micros, serverShare, clientShare }) => [
      ...[name, figure(perSecond), figure(micros), percent(serverShare), percent(clientShare)],
    ]),
    targets: [],
    charts: [],
  };
}

async function saturate(system: System) {
  const schedule = new Schedule();
  const fleet = await Fleet.connect({ ...system, schedule, count: CONNECTIONS });
  const publisher = await Publisher.connect(system, schedule);
  const cost = await costOf(system.pid, async () => {
    const until = performance.now() + SECONDS * 1000;
    await publisher.closedLoop('low', () => performance.now() > until);
    await fleet.allDelivered();
  });
  publisher.close();
  fleet.drop();
  const { delivered } = fleet;
  return { name: system.name, perSecond: delivered / cost.seconds, micros: cost.serverCpuMicros / delivered, ...cost };
}
