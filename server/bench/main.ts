import { writeFileSync } from 'node:fs';
import { burst } from './parts/burst.js';
import { doors } from './parts/doors.js';
import { idle } from './parts/idle.js';
import { idleStores } from './parts/idle-stores.js';
import { inbox } from './parts/inbox.js';
import { nodes } from './parts/nodes.js';
import { publish } from './parts/publish.js';
import { receipts } from './parts/receipts.js';
import { resume } from './parts/resume.js';
import { saturation } from './parts/saturation.js';
import { sparse } from './parts/sparse.js';
import { stalled } from './parts/stalled.js';
import { stores } from './parts/stores.js';
import { storm } from './parts/storm.js';
import { pinClients } from './process/cores.js';
import { machine, placement } from './report/machine.js';
import type { PartReport } from './report/part-report.js';
import { plot } from './report/plot.js';
import { asText } from './report/text.js';

/**
 * `npm run bench` compares Herald as it ships with stock peers. `npm run bench -- sparse idle` runs only these parts;
 * the plot is drawn after a run of all parts. Reads /proc, so it needs Linux; the parts with stores need PostgreSQL.
 */
const PARTS = {
  sparse,
  burst,
  saturation,
  idle,
  storm,
  stalled,
  resume,
  publish,
  doors,
  receipts,
  inbox,
  stores,
  'idle-stores': idleStores,
  nodes,
};
const PLOT = 'server/bench/results.svg';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0)
  throw new Error(`No part is called ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);

// `exit` handlers stop the child processes; without this, a signal would end the process before they run.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
pinClients();
console.log(`# Herald’s benchmark\n\n${machine()}. ${placement()}`);
const reports: PartReport[] = [];
for (const [name, run] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const report of [await run()].flat()) {
    console.log(asText(report));
    reports.push(report);
  }
}
if (asked.length === 0) {
  writeFileSync(
    PLOT,
    plot(
      reports.flatMap(({ charts }) => charts),
      machine(),
    ),
  );
  console.log(`\nPlot: ${PLOT}`);
}
const missed = reports.flatMap(({ targets }) => targets).filter(({ isMet }) => !isMet);
console.log(
  missed.length === 0
    ? '\nAll targets met.'
    : `\n${missed.length} missed: ${missed.map(({ what }) => what).join('; ')}.`,
);
