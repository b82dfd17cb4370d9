import { openStore } from '../../src/repository/repository.module.js';
import type { Store } from '../../src/repository/store.js';
import { type StoreName, withStore } from '../systems/stores.js';
import { fill } from './fill.js';
import { loadInBulk } from './load-in-bulk.js';

/** Notifications in the reader's inbox. */
export const OWN = 100_000;
/** Notifications in a store of a database; a store in memory has only the reader's, which is its limit by default. */
export const STORED = 1_000_000;
/** Those of a database that `appendAll` stores, before they are multiplied. */
const APPENDED = 10_000;
const LIMITS = { count: STORED, bytes: 10 * 2 ** 30 };

/** Measures a store with a long history. @param closed measures it at its URL, while nothing uses it */
export function withHistory<Open, Closed>(
  name: StoreName,
  open: (store: Store) => Promise<Open>,
  closed: (url: string) => Promise<Closed>,
): Promise<{ open: Open; closed: Closed }> {
  return withStore(name, async ({ url }) => {
    const withOpen = async <Result>(work: (store: Store) => Promise<Result>): Promise<Result> => {
      const store = await openStore({ url, listenUrl: undefined }, LIMITS);
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    };
    if (name === 'in memory') {
      const measured = await withOpen(async (store) => {
        await fill(store, OWN, 1);
        return open(store);
      });
      return { open: measured, closed: await closed(url) };
    }
    await withOpen((store) => fill(store, APPENDED, STORED / OWN));
    await loadInBulk(url, STORED / APPENDED);
    return { open: await withOpen(open), closed: await closed(url) };
  });
}
