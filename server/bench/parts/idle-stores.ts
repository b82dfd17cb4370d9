import { comparedWithMemory } from '../report/compared-with-memory.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { forEachStore } from '../systems/all.js';
import { DURABLE_STORES, STORE_NAMES } from '../systems/stores.js';
import { memoryOfIdle } from './idle.js';

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
    targets: DURABLE_STORES.map((store) => comparedWithMemory(`${store}: memory per connection`, ratioOf(store))),
    charts: [],
  };
}
