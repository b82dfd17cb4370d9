import { forEachSystem } from '../systems/all.js';
import type { PartReport } from '../report/part-report.js';
import { fanOut } from './fan-out.js';
import { chartOf, FAN_OUT_COLUMNS, fanOutRows, ratioTo } from './fan-out-report.js';

const LOAD = { connections: 1000, rate: 40, seconds: 10, warmUp: { rate: 250, seconds: 4 } };
const MAX_RATIO = 0.65;

/** Messages one at a time, with nothing to batch: measures the cost of a single write. */
export async function sparse(): Promise<PartReport> {
  const results = await forEachSystem((system) => fanOut(system, LOAD));
  const ratio = 1 / ratioTo('stock Nest', results);
  return {
    title: 'Sparse: 1,000 connections, 40 messages a second',
    method: 'Published by HTTP; only Herald authenticates, validates and stores.',
    columns: FAN_OUT_COLUMNS,
    rows: fanOutRows(results),
    targets: [
      {
        what: `CPU per delivery ≤ ${MAX_RATIO} × stock Nest`,
        measured: `${ratio.toFixed(2)} ×`,
        isMet: ratio <= MAX_RATIO,
      },
    ],
    charts: [chartOf('CPU per delivery, 40 messages a second', results)],
  };
}
