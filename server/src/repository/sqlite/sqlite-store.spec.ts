import { jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describeAdapter } from '#test/repository/adapter.contract.js';
import { MANY, newApp } from '#test/repository/app-repository.contract.js';
import { expectMigrationOfApps, expectMigrationOfTemplates } from '#test/repository/before-apps.js';
import { notificationOf } from '#test/repository/notification-repository.contract.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { SqliteStore } from './sqlite-store.js';
import { SqliteThread } from './sqlite-thread.js';

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

test('counts the notifications of apps in the share of their owner, also once they are replaced', async () => {
  const store = await createFile(1000).open();
  const fields = { ...notificationOf(), audience: ['topic:builds'], owner: 'ada' };
  for (const sender of ['builds', 'deploys', 'builds']) {
    await store.notifications.append(fields.audience, { event: 'notification', data: { ...fields, sender, key: '1' } });
  }
  const database = new DatabaseSync(join(folder, `${files}.db`), { readOnly: true });
  const shares = database.prepare('SELECT is_notification, owner, count FROM shares WHERE count > 0 ORDER BY 1').all();
  database.close();
  expect(shares.map((share) => Object.values(share))).toEqual([
    [0, 'topic:builds', 1],
    [1, 'ada', 2],
  ]);
});

test.each([
  ['apps', expectMigrationOfApps],
  ['templates of apps', expectMigrationOfTemplates],
])('migrates a store that an earlier version without %s wrote', async (_, expectMigration) => {
  await expectMigration(createFile(1000), (sql) => {
    const database = new DatabaseSync(join(folder, `${files}.db`));
    database.exec(sql);
    database.close();
  });
});

test('removes an account in as many statements with a hundred apps as with one', async () => {
  const store = await createFile(1000).open();
  const statementsWith = async (count: number): Promise<number> => {
    const owner = `owner-of-${count}`;
    await store.users.add({ username: owner, passwordHash: '', roles: [], topics: [] });
    for (let n = 0; n < count; n++) {
      await store.apps.add(newApp({ owner, name: `${owner}-${n}` }), MANY);
    }
    const statements = jest.spyOn(SqliteThread.prototype, 'executeQuery');
    await store.removeAccount(owner);
    const { length } = statements.mock.calls;
    statements.mockRestore();
    return length;
  };
  expect(await statementsWith(100)).toBe(await statementsWith(1));
});
