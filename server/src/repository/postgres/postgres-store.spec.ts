import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { expectMigrationOfApps, expectMigrationOfTemplates } from '#test/repository/before-apps.js';
import { entriesIn } from '#test/repository/log-contents.js';
import { entryOf } from '#test/repository/notification-repository.contract.js';
import { describeAdapter } from '#test/repository/adapter.contract.js';
import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { MIGRATIONS_LOCK } from './postgres.js';
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
  describeAdapter('PostgresStore', Object.assign(createDatabase, { shareOfRuns: 0.1, mayRepeatChanges: true }));

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

  describe('at its start', () => {
    let other: pg.Client;

    /** Has the lock of the migrations in another process. */
    async function lock(url: string): Promise<void> {
      other = new pg.Client({ connectionString: url });
      await other.connect();
      await other.query('SELECT pg_advisory_lock($1)', [MIGRATIONS_LOCK]);
    }

    test('waits for another process that applies migrations, and tells of it in one line', async () => {
      const { url, open } = await createDatabase(1000);
      await lock(url);
      const log = jest.spyOn(Logger.prototype, 'log');
      const told = new Promise((resolve) => log.mockImplementation(resolve));
      const opening = open();
      expect(await told).toBe('Another process is updating the tables; waiting until it has finished');
      expect(await Promise.race([opening, Promise.resolve('waiting')])).toBe('waiting');
      await other.end();
      await opening;
      expect(log).toHaveBeenCalledTimes(1);
      log.mockRestore();
    });

    test('waits for nobody if its tables are up to date', async () => {
      const { url, open } = await createDatabase(1000);
      await (await open()).close();
      await lock(url);
      await open();
      await other.end();
    });

    test.each([
      ['on', undefined],
      ['off', expect.stringContaining('synchronous_commit is off')],
    ])('tells whether a commit survives a crash, with synchronous_commit=%s', async (setting, risk) => {
      const { url, open } = await createDatabase(1000);
      await server.query(`ALTER DATABASE ${url.split(/[/?]/)[3]} SET synchronous_commit = ${setting}`);
      expect((await open()).risk).toEqual(risk);
    });
  });

  test.each([
    ['apps', expectMigrationOfApps],
    ['templates of apps', expectMigrationOfTemplates],
  ])('migrates a store that an earlier version without %s wrote', async (_, expectMigration) => {
    const data = await createDatabase(1000);
    await expectMigration(data, (sql) => server.query(sql, data.url));
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
