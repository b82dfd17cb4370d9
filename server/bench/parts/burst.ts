import { forEachSystem } from '../systems/all.js';
import type { PartReport } from '../report/part-report.js';
import { figure } from '../report/numbers.js';
import { fanOut } from './fan-out.js';
import { chartOf, FAN_OUT_COLUMNS, fanOutRows, ratioTo } from './fan-out-report.js';

const LOAD = { connections: 1000, rate: 1000, seconds: 3, warmUp: { rate: 1000, seconds: 2 } };
const MIN_RATIO = 15;
const MAX_P99_MS = 1000;

/** More messages than separate writes can carry, so that a server has to batch. */
export async function burst(): Promise<PartReport> {
  const results = await forEachSystem((system) => fanOut(system, LOAD));
  const herald = results.find(({ system }) => system === 'Herald');
  const p99 = herald?.p99 ?? NaN;
  const due = LOAD.connections * LOAD.rate * LOAD.seconds;
  return {
    title: 'Burst: 1,000 connections, 1,000 messages a second',
    method:
      'Published by HTTP; only Herald authenticates, validates and stores. Systems that can not keep up are given the time ' +
      'to deliver everything; their latency is what that takes.',
    columns: FAN_OUT_COLUMNS,
    rows: fanOutRows(results),
    targets: [
      ...(['stock Nest', 'Socket.IO'] as const).map((peer) => {
        const ratio = ratioTo(peer, results);
        const what = `at least ${MIN_RATIO} × less CPU per delivery than ${peer}`;
        return { what, measured: `${ratio.toFixed(1)} ×`, isMet: ratio >= MIN_RATIO };
      }),
      { what: 'all of it delivered', measured: `${herald?.deliveries} of ${due}`, isMet: herald?.deliveries === due },
      { what: `p99 below ${MAX_P99_MS} ms`, measured: `${figure(p99)} ms`, isMet: p99 < MAX_P99_MS },
    ],
    charts: [chartOf('CPU per delivery, 1,000 messages a second', results)],
  };
}
