import { describeAdapter } from '#test/repository/adapter.contract.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { InMemoryStore } from './in-memory-store.js';

/** The memory of one process has one handle, which keeps the data when it is closed. */
function create(historyLimit: number): StoredData {
  const store = new InMemoryStore(historyLimit);
  return { open: () => store.open().then(() => store) };
}

describeAdapter('InMemoryStore', create);
