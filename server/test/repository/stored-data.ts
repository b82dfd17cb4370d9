import type { Store } from '../../src/repository/store.js';

/** The data of one store, opened by a handle at a time or by several, as by the processes of several servers. */
export interface StoredData {
  /** Another handle to the same data. */
  open(): Promise<Store>;
}

/** Creates empty data for a test. */
export interface CreateData {
  /** @param historyLimit number of the newest notifications that are kept at least, and of other entries */
  (historyLimit: number): StoredData | Promise<StoredData>;
  /** Runs of a test with random steps, as a share of those in memory: a store on a disk takes longer to open. */
  readonly shareOfRuns?: number;
  /** Whether a listener may be told of a change again, as by a poll of the database. */
  readonly mayRepeatChanges?: boolean;
}

/** Number of runs of a test with random steps. @param inMemory for a store in memory */
export function runsOf({ shareOfRuns = 1 }: CreateData, inMemory: number): number {
  return Math.ceil(shareOfRuns * inMemory);
}

/** Limits that no test reaches. */
export const UNLIMITED = { count: Infinity, bytes: Infinity, bytesOfAll: Infinity, reserved: 0 };

/** Opens new, empty data. */
export async function openNew(create: CreateData, historyLimit = 1000): Promise<Store> {
  return (await create(historyLimit)).open();
}
