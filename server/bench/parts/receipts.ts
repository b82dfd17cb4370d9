import type { Store } from '../../src/repository/store.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { DURABLE_STORES, withOpenStore, withStore } from '../systems/stores.js';

const PEOPLE = 5000;
const ROUNDS = 20;

/** Rows that a database changes when many people have received an entry. */
export async function receipts(): Promise<PartReport> {
  const rows: string[][] = [];
  for (const name of DURABLE_STORES) {
    const { perSecond, databaseMicros } = await withStore(name, ({ url, databaseCpuMicros }) =>
      withOpenStore(url, async (store) => {
        const before = databaseCpuMicros();
        const perSecond = await rowsPerSecond(store);
        return { perSecond, databaseMicros: (databaseCpuMicros() - before) / (PEOPLE * ROUNDS) };
      }),
    );
    rows.push([name, figure(perSecond), figure(databaseMicros)]);
  }
  return {
    title: `Receipts: ${figure(PEOPLE)} people who receive the same entries`,
    method: `Each reports one entry after the other, ${ROUNDS} of them; a row has what one person has received of one lane.`,
    columns: ['store', 'rows/s', 'CPU-µs of the database per row'],
    rows,
    targets: [],
    charts: [],
  };
}

async function rowsPerSecond({ receipts }: Store): Promise<number> {
  const begin = performance.now();
  for (let offset = 1; offset <= ROUNDS; offset++) {
    for (let n = 0; n < PEOPLE; n++) {
      await receipts.received(`person-${n}`, { channel: 'everyone', lane: 'low', from: offset, to: offset });
    }
    // Stores what was reported until then, and finds nobody.
    await receipts.receiversOf('');
  }
  return (PEOPLE * ROUNDS) / ((performance.now() - begin) / 1000);
}
