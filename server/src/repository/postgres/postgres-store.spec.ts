import { entriesIn } from '#test/repository/log-contents.js';
import { entryOf } from '#test/repository/notification-repository.contract.js';
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

  test('gives ids in the order of offsets to two writers at once', async () => {
    const data = await createDatabase(1000);
    const stores = [await data.open(), await data.open()];
    const append = (n: number) => stores[n % 2]!.notifications.append(['everyone'], entryOf('low'));
    await Promise.all(Array.from({ length: 200 }, (_, n) => append(n)));
    const entries = await entriesIn(stores[0]!.notifications, 'everyone', 'low', 1, 1000);
    const ids = entries.map(({ data: { id } }) => id);
    expect(entries.map(({ offset }) => offset)).toEqual(ids.map((_, n) => n + 1));
    expect(ids).toEqual([...ids].sort());
  });
});
