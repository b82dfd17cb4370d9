import { Fleet } from '../load/fleet.js';
import { Schedule } from '../load/schedule.js';
import { settledKb } from '../process/settled-memory.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { forEachSystem } from '../systems/all.js';
import type { System, SystemName } from '../systems/system.js';

const CONNECTIONS = 10_000;
const MAX_KB = 8;
/** Memory counts as settled after this long without a decrease. */
const SETTLED_MS = 12_000;
const GIVE_UP_MS = 60_000;

/** Memory of idle connections. */
export async function idle(): Promise<PartReport> {
  const results = await forEachSystem(memoryOfIdle);
  const herald = results.find(({ name }) => name === 'Herald')?.kb ?? NaN;
  return {
    title: 'Idle: 10,000 connections',
    method:
      'Resident memory of the process, connected less before, once it has stopped falling. Herald with the options of `npm start`, the others with Node’s own.',
    columns: ['system', 'KB per connection', 'total MB', 'before MB'],
    rows: results.map(({ name, kb, before, after }) => [name, ...[kb, after / 1024, before / 1024].map(figure)]),
    targets: [{ what: `≤ ${MAX_KB} KB resident each`, measured: `${figure(herald)} KB`, isMet: herald <= MAX_KB }],
    charts: [
      {
        title: 'Memory per idle connection',
        unit: 'KB',
        bars: results.map(({ name, kb }) => ({ label: name, value: kb })),
      },
    ],
  };
}

/** Memory of a server before and after its clients have connected, and of each of them, in KB. */
export interface IdleMemory {
  readonly name: SystemName;
  readonly before: number;
  readonly after: number;
  readonly kb: number;
}

export async function memoryOfIdle(system: System): Promise<IdleMemory> {
  const before = await settledKb(system.pid, SETTLED_MS, GIVE_UP_MS);
  const fleet = await Fleet.connect({ ...system, schedule: new Schedule(), count: CONNECTIONS });
  const after = await settledKb(system.pid, SETTLED_MS, GIVE_UP_MS);
  fleet.drop();
  return { name: system.name, before, after, kb: (after - before) / CONNECTIONS };
}
