import type { Store } from '../../src/repository/store.js';

/** The data of one store, opened by a handle at a time or by several, as by the processes of several servers. */
export interface StoredData {
  /** Another handle to the same data. */
  open(): Promise<Store>;
}

/**
 * Creates empty data for a test. It keeps at least the newest `historyLimit` notifications, and as many other entries.
 */
export type CreateData = (historyLimit: number) => StoredData | Promise<StoredData>;

/** Limits that no test reaches. */
export const UNLIMITED = { count: Infinity, bytes: Infinity, bytesOfAll: Infinity, reserved: 0 };

/** Opens new, empty data. */
export async function openNew(create: CreateData, historyLimit = 1000): Promise<Store> {
  return (await create(historyLimit)).open();
}
