import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAdapter } from '#test/repository/adapter.contract.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { SqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'herald-sqlite-'));
const opened = new Set<SqliteStore>();
let files = 0;

/** A file has one process, so all handles are the same one until it is closed. */
function createFile(historyLimit: number): StoredData {
  const path = join(folder, `${++files}.db`);
  let store: SqliteStore | undefined;
  return {
    open: async () => {
      if (store !== undefined && (await store.isReady())) return store;
      store = new SqliteStore(path, { count: historyLimit, bytes: 256 * 1024 * 1024 });
      await store.open();
      opened.add(store);
      return store;
    },
  };
}

afterEach(async () => {
  for (const store of opened) await store.close();
  opened.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const create = Object.assign(createFile, { shareOfRuns: 0.1 });

describeAdapter('SqliteStore', create);
