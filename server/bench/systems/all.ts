import { startHerald, startNodes } from './herald.js';
import { startNest, startSocketIo, startWsLoop } from './peers.js';
import { type BenchStore, STORE_NAMES, type StoreName, withStore } from './stores.js';
import type { HeraldSystem, System } from './system.js';

const STARTS = [() => startHerald(), startWsLoop, startNest, startSocketIo];

/** Measures each system in turn, in a fresh process. */
export async function forEachSystem<Result>(measure: (system: System) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const start of STARTS) results.push(await withSystem(start, measure));
  return results;
}

/** Measures Herald alone with its store in memory, in a fresh process. */
export function withHerald<Result>(measure: (system: HeraldSystem) => Promise<Result>): Promise<Result> {
  return withSystem(() => startHerald(), measure);
}

/** Results of a measurement, by store. */
export type ByStore<Result> = Readonly<Record<StoreName, Result>>;

/** Measures Herald with each store in turn, in a fresh process with an empty store. */
export async function forEachStore<Result>(
  measure: (system: HeraldSystem, store: BenchStore) => Promise<Result>,
): Promise<ByStore<Result>> {
  const results: [StoreName, Result][] = [];
  for (const name of STORE_NAMES) {
    const result = await withStore(name, (store) =>
      withSystem(
        () => startHerald(store.url),
        (system) => measure(system, store),
      ),
    );
    results.push([name, result]);
  }
  return Object.fromEntries(results) as ByStore<Result>;
}

/** Measures some servers that share a new PostgreSQL database, in fresh processes on both cores. */
export function withNodes<Result>(
  count: number,
  measure: (nodes: readonly HeraldSystem[], store: BenchStore) => Promise<Result>,
): Promise<Result> {
  return withStore('PostgreSQL', async (store) => {
    const nodes = await startNodes(count, store.url);
    try {
      return await measure(nodes, store);
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
    }
  });
}

async function withSystem<Of extends System, Result>(
  start: () => Promise<Of>,
  measure: (system: Of) => Promise<Result>,
): Promise<Result> {
  const system = await start();
  try {
    return await measure(system);
  } finally {
    await system.stop();
  }
}
