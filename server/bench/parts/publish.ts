import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { costOf } from '../process/cost.js';
import { figure, percent } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald } from '../systems/all.js';
import type { System } from '../systems/system.js';

const PUBLISHERS = 32;
const WARM_UP_MS = 3000;
const MEASURED_MS = 8000;
const MIN_PER_SECOND = 5000;

/** Single sends: each is authenticated, validated, stored and answered. */
export async function publish(): Promise<PartReport> {
  const { perSecond, micros, serverShare, clientShare } = await withHerald(measure);
  return {
    title: 'Publish: authenticated, validated single sends',
    method: `POST /api/notifications/send on ${PUBLISHERS} kept-alive connections, each sending once it was answered.`,
    columns: ['system', 'sends/s', 'CPU-µs per send', 'server CPU', 'client CPU'],
    rows: [['Herald', figure(perSecond), figure(micros), percent(serverShare), percent(clientShare)]],
    targets: [
      {
        what: `≥ ${figure(MIN_PER_SECOND)} sends/s on one core`,
        measured: figure(perSecond),
        isMet: perSecond >= MIN_PER_SECOND,
      },
    ],
    charts: [],
  };
}

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
