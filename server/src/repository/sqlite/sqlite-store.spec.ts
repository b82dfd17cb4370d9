import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeInboxRepository } from '#test/repository/inbox-repository.contract.js';
import { describeLeaving } from '#test/repository/leaving.contract.js';
import { describeNotificationRepository } from '#test/repository/notification-repository.contract.js';
import { describePreferencesRepository } from '#test/repository/preferences-repository.contract.js';
import { describeReceiptRepository } from '#test/repository/receipt-repository.contract.js';
import { describeRecounting } from '#test/repository/recounting.contract.js';
import { describeRequestRepository } from '#test/repository/request-repository.contract.js';
import { describeScheduledRepository } from '#test/repository/scheduled-repository.contract.js';
import { describeSnoozing } from '#test/repository/snoozing.contract.js';
import { describeStore } from '#test/repository/store.contract.js';
import type { StoredData } from '#test/repository/stored-data.js';
import { describeUserRepository } from '#test/repository/user-repository.contract.js';
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

const NAME = 'SqliteStore';
const create = Object.assign(createFile, { shareOfRuns: 0.1 });
describeStore(NAME, create);
describeNotificationRepository(NAME, create);
describeLeaving(NAME, create);
describeInboxRepository(NAME, create);
describeRecounting(NAME, create);
describeSnoozing(NAME, create);
describePreferencesRepository(NAME, create);
describeReceiptRepository(NAME, create);
describeRequestRepository(NAME, create);
describeScheduledRepository(NAME, create);
describeUserRepository(NAME, create);
