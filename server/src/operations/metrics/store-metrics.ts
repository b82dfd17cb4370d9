import type { Store } from '../../repository/store.js';
import type { FigureRegistry } from './figure-registry.js';
import { StoreTimes } from './store-times.js';

/** Adds the metrics of the store, and begins to measure it. */
export function addStoreMetrics(registry: FigureRegistry, store: Store): void {
  const { append, read } = new StoreTimes(store);
  const { appends } = store;
  const ready = { name: 'herald_store_ready', help: 'Whether the store works: 1, or 0.' };
  registry.gauge({ ...ready, aggregator: 'min' }, async () => [[{}, Number(await store.isReady())]]);
  registry.histogram(
    'herald_store_duration_seconds',
    'Time of appends, with the wait for a transaction, and of reads of the log and of inboxes.',
    [
      [{ operation: 'append' }, append],
      [{ operation: 'read' }, read],
    ],
  );
  registry.histogram(
    'herald_store_commit_entries',
    'Entries that were committed together. A store in memory has no commits.',
    [[{}, appends.committed]],
  );
  registry.gauge({ name: 'herald_store_waiting_appends', help: 'Appends that wait for a transaction.' }, () => [
    [{}, appends.waiting],
  ]);
}
