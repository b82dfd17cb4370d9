import { entriesIn } from '#test/repository/log-contents.js';
import { entryOf } from '#test/repository/notification-repository.contract.js';
import { describeAdapter } from '#test/repository/adapter.contract.js';
import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { PostgresStore } from './postgres-store.js';

const opened = new Set<PostgresStore>();
let server: PostgresServer;

async function createDatabase(historyLimit: number): Promise<StoredData & { url: string }> {
  const url = await server.createDatabase();
  return {
    url,
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

  test('keeps its epoch when retention drops the newest entry, and another handle writes', async () => {
    const data = await createDatabase(1000);
    const [one, other] = [await data.open(), await data.open()];
    await one.notifications.append(['everyone'], entryOf('low'));
    const { epoch } = await one.notifications.heads([]);
    await one.notifications.dropBefore(new Date(Date.now() + 1000).toISOString());
    await other.notifications.append(['everyone'], entryOf('low'));
    await one.notifications.append(['everyone'], entryOf('low'));
    await one.close();
    expect(await other.notifications.heads([])).toMatchObject({ epoch });
  });

  test('ignores messages that no other handle has sent', async () => {
    const data = await createDatabase(1000);
    const [one, other] = [await data.open(), await data.open()];
    const accounts = new Promise((resolve) => other.users.onChanged(resolve));
    const forged = [
      '',
      'null',
      '5',
      '{"from":"x","change":5}',
      '{"from":"x","peer":null}',
      '{"from":"x","change":{"heads":7}}',
    ];
    for (const payload of forged) await server.query(`SELECT pg_notify('herald', '${payload}')`, data.url);
    await one.users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] });
    expect(await accounts).toBe('ada');
  });
});
