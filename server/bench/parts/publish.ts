import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { costOf } from '../process/cost.js';
import { figure, percent } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald, withSqlite } from '../systems/all.js';
import type { System } from '../systems/system.js';

const PUBLISHERS = 64;
const WARM_UP_MS = 3000;
const MEASURED_MS = 8000;
const MIN_PER_SECOND = 5000;
/** Sends of a store on the disk, as a share of those in memory. */
const MIN_SHARE_OF_SQLITE = 0.5;

/** Single sends: each is authenticated, validated, stored and answered. */
export async function publish(): Promise<PartReport> {
  const memory = await withHerald(measure);
  const sqlite = await withSqlite(measure);
  const share = sqlite.perSecond / memory.perSecond;
  const row = (name: string, { perSecond, micros, serverShare, clientShare }: Measured): string[] => [
    name,
    figure(perSecond),
    figure(micros),
    percent(serverShare),
    percent(clientShare),
  ];
  return {
    title: 'Publish: authenticated, validated single sends',
    method: `POST /api/notifications/send on ${PUBLISHERS} kept-alive connections, each sending once it was answered.`,
    columns: ['system', 'sends/s', 'CPU-µs per send', 'server CPU', 'client CPU'],
    rows: [row('Herald, in memory', memory), row('Herald, SQLite', sqlite)],
    targets: [
      {
        what: `≥ ${figure(MIN_PER_SECOND)} sends/s on one core`,
        measured: figure(memory.perSecond),
        isMet: memory.perSecond >= MIN_PER_SECOND,
      },
      {
        what: `sends/s with SQLite ≥ ${figure(MIN_SHARE_OF_SQLITE)} × in memory`,
        measured: figure(share),
        isMet: share >= MIN_SHARE_OF_SQLITE,
      },
    ],
    charts: [],
  };
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(system: System) {
  const publisher = await Publisher.connect(system, new Schedule(), PUBLISHERS);
  const publishFor = async (ms: number): Promise<number> => {
    const before = publisher.published;
    const until = performance.now() + ms;
    await publisher.closedLoop('low', () => performance.now() > until);
    return publisher.published - before;
  };
  await publishFor(WARM_UP_MS);
  let count = 0;
  const cost = await costOf(system.pid, async () => {
    count = await publishFor(MEASURED_MS);
  });
  publisher.close();
  return { perSecond: count / cost.seconds, micros: cost.serverCpuMicros / count, ...cost };
}
