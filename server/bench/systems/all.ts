import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHerald } from './herald.js';
import { startNest, startSocketIo, startWsLoop } from './peers.js';
import type { HeraldSystem, System } from './system.js';

const STARTS = [() => startHerald(), startWsLoop, startNest, startSocketIo];

/** Measures each system in turn, in a fresh process. */
export async function forEachSystem<Result>(measure: (system: System) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const start of STARTS) results.push(await withSystem(start, measure));
  return results;
}

/** Measures Herald alone, in a fresh process. @param databaseUrl of its store; by default in memory */
export function withHerald<Result>(
  measure: (system: HeraldSystem) => Promise<Result>,
  databaseUrl?: string,
): Promise<Result> {
  return withSystem(() => startHerald(databaseUrl), measure);
}

/** Measures Herald with a new SQLite file, in a fresh process. */
export async function withSqlite<Result>(measure: (system: HeraldSystem) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
  try {
    return await withHerald(measure, `sqlite:${join(folder, 'herald.db')}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
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
