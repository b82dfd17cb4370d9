import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryOf } from '#test/repository/notification-repository.contract.js';
import { backUp, restore } from './backup.js';
import { SqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'herald-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);

async function open(name: string): Promise<SqliteStore> {
  const store = new SqliteStore(file(name), { count: 1000, bytes: 1e8 });
  await store.open();
  return store;
}

const send = async (store: SqliteStore): Promise<string> =>
  (await store.notifications.append(['everyone'], entryOf())).entry.data.id;

test('a backup has everything so far, while the store is used, and is restored with another epoch', async () => {
  const store = await open('store.db');
  const first = await send(store);
  const { epoch } = await store.notifications.heads([]);
  backUp(file('store.db'), file('copies/backup.db'));
  const second = await send(store);
  expect(() => restore(file('store.db'), file('copies/backup.db'))).toThrow('is in use by another program');
  await store.close();

  restore(file('store.db'), file('copies/backup.db'));
  const restored = await open('store.db');
  expect(restored.id).toBe(store.id);
  expect((await restored.notifications.heads([])).epoch).not.toBe(epoch);
  expect(existsSync(file('store.db.before'))).toBe(true);
  expect(await restored.notifications.find(first)).toMatchObject({ id: first });
  expect(await restored.notifications.find(second)).toBeUndefined();
  // An id is never given twice, although the clock may be the same.
  expect((await send(restored)) > second).toBe(true);
  await restored.close();
});

test.each([
  ['a file that does not exist', undefined, 'There is no file'],
  ['a file that is something else', 'Dear Ada', 'is no backup of Herald'],
])('%s is not restored', (_, content, reason) => {
  const copy = file(`${reason}.txt`);
  if (content !== undefined) writeFileSync(copy, content);
  expect(() => restore(file('other.db'), copy)).toThrow(reason);
});

test('a store is not restored from itself', () => {
  expect(() => restore(file('store.db'), file('store.db'))).toThrow('is the store itself');
});

test('a backup overwrites nothing, and needs a store', () => {
  writeFileSync(file('precious'), 'precious');
  expect(() => backUp(file('store.db'), file('precious'))).toThrow('exists');
  expect(() => backUp(file('no-store.db'), file('copy.db'))).toThrow('There is no store');
});
