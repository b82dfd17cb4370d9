import type { Store } from '../../src/repository/store.js';
import { type StoreName, withOpenStore, withStore } from '../systems/stores.js';
import { fill } from './fill.js';
import { loadInBulk } from './load-in-bulk.js';

/** Notifications in the reader's inbox. */
export const OWN = 100_000;
/** Notifications in a store of a database; a store in memory has only the reader's, which is its limit by default. */
export const STORED = 1_000_000;
/** Those of a database that `appendAll` stores, before they are multiplied. */
export const APPENDED = 10_000;

/**
 * Measures a store with a long history.
 * @param closed measures it at its URL, while nothing uses it; not in memory, where nothing of it is left
 */
export function withHistory<Open, Closed>(
  name: StoreName,
  open: (store: Store) => Promise<Open>,
  closed: (url: string) => Promise<Closed>,
): Promise<{ open: Open; closed: Closed | undefined }> {
  return withStore(name, async ({ url }) => {
    if (name === 'in memory') {
      const measured = await withOpenStore(url, async (store) => {
        await fill(store, OWN, 1);
        return open(store);
      });
      return { open: measured, closed: undefined };
    }
    await withOpenStore(url, (store) => fill(store, APPENDED, STORED / OWN));
    await loadInBulk(url, STORED / APPENDED);
    return { open: await withOpenStore(url, open), closed: await closed(url) };
  });
}
