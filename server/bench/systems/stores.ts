import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/repository/repository.module.js';
import type { Store } from '../../src/repository/store.js';
import { BenchPostgres } from './bench-postgres.js';

export const DURABLE_STORES = ['SQLite', 'PostgreSQL'] as const;
export const STORE_NAMES = ['in memory', ...DURABLE_STORES] as const;
export type StoreName = (typeof STORE_NAMES)[number];

/** The default limits of a durable store. */
const LIMITS = { count: 1_000_000, bytes: 10 * 2 ** 30 };

/** A store for one measurement. */
export interface BenchStore {
  readonly url: string;
  /** CPU time so far of the database, where it has processes of its own. */
  readonly databaseCpuMicros: () => number;
}

/** Provides a new, empty store while `work` runs. */
export async function withStore<Result>(
  name: StoreName,
  work: (store: BenchStore) => Promise<Result>,
): Promise<Result> {
  if (name === 'SQLite') return withFile((url) => work({ url, databaseCpuMicros: () => 0 }));
  if (name === 'in memory') return work({ url: 'memory:', databaseCpuMicros: () => 0 });
  const postgres = await BenchPostgres.start();
  try {
    return await work({ url: postgres.url('postgres'), databaseCpuMicros: () => postgres.cpuMicros });
  } finally {
    await postgres.remove();
  }
}

/** Opens a store in this process while `work` runs. */
export async function withOpenStore<Result>(url: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ url, listenUrl: undefined }, LIMITS);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function withFile<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Ensures that an interrupted benchmark leaves no file, which may be large.
  process.once('exit', remove);
  try {
    return await work(`sqlite:${join(folder, 'herald.db')}`);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
