import { figure } from '../report/numbers.js';
import type { PartReport, Target } from '../report/part-report.js';
import { forEachStore } from '../systems/all.js';
import { STORE_NAMES } from '../systems/stores.js';
import { memoryOfIdle } from './idle.js';

/** Compared with the store in memory. */
const MAX_RATIO = 1.05;

/** Memory of idle connections, whatever the store. */
export async function idleStores(): Promise<PartReport> {
  const results = await forEachStore(memoryOfIdle);
  const ratioOf = (store: keyof typeof results): number => results[store].kb / results['in memory'].kb;
  return {
    title: 'Stores: 10,000 idle connections',
    method: 'Resident memory of the server, connected less before, once it has stopped falling.',
    columns: ['store', 'KB per connection', '× in memory', 'total MB', 'before MB'],
    rows: STORE_NAMES.map((store) => {
      const { kb, before, after } = results[store];
      return [store, ...[kb, ratioOf(store), after / 1024, before / 1024].map(figure)];
    }),
    targets: (['SQLite', 'PostgreSQL'] as const).map((store): Target => {
      const what = `${store}: memory per connection ≤ ${MAX_RATIO} × in memory`;
      return { what, measured: `${figure(ratioOf(store))} ×`, isMet: ratioOf(store) <= MAX_RATIO };
    }),
    charts: [],
  };
}
