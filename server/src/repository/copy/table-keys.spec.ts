import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteStore } from '../sqlite/sqlite-store.js';
import { TABLE_KEYS } from './table-keys.js';

/** Tables of the migrations and of the index of searches, which the target makes anew. */
const NOT_COPIED = /^(?:kysely_migration|searched)/;

test('every table that the migrations make is copied, by its primary key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-tables-'));
  const file = join(folder, 'herald.db');
  const store = new SqliteStore(file, { count: 1, bytes: 1 });
  await store.open();
  await store.close();
  const database = new DatabaseSync(file);
  const all = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  const columns = database.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk');
  const tables = all.map(({ name }) => name).filter((name) => !NOT_COPIED.test(name));
  const keys = tables.map((name) => [name, columns.all(name).map((column) => column['name'])] as const);
  database.close();
  rmSync(folder, { recursive: true });
  // The log is one row.
  expect({ ...Object.fromEntries(keys), log: TABLE_KEYS.log }).toEqual(TABLE_KEYS);
});
