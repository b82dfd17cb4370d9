import { startHerald } from './herald.js';
import { startNest, startSocketIo, startWsLoop } from './peers.js';
import type { HeraldSystem, System } from './system.js';

const STARTS = [startHerald, startWsLoop, startNest, startSocketIo];

/** Measures each system in turn, in a fresh process. */
export async function forEachSystem<Result>(measure: (system: System) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const start of STARTS) results.push(await withSystem(start, measure));
  return results;
}

/** Measures Herald alone, in a fresh process. */
export function withHerald<Result>(measure: (system: HeraldSystem) => Promise<Result>): Promise<Result> {
  return withSystem(startHerald, measure);
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
