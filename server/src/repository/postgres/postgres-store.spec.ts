import { describeAdapter } from '#test/repository/adapter.contract.js';
import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { PostgresStore } from './postgres-store.js';

const opened = new Set<PostgresStore>();
let server: PostgresServer;

async function createDatabase(historyLimit: number): Promise<StoredData> {
  const url = await server.createDatabase();
  return {
    open: async () => {
      const store = new PostgresStore(url, { count: historyLimit, bytes: 256 * 1024 * 1024 });
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

describeWithPostgres('with PostgreSQL', () => {
  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  describeAdapter('PostgresStore', Object.assign(createDatabase, { shareOfRuns: 0.1 }));
});
