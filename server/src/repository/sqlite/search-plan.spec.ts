import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InboxFilter, VIEWS } from '@herald/protocol';
import { sql } from 'kysely';
import { seek } from '../sql/inbox/inbox-query.js';
import { SQLITE } from './sqlite.js';
import { openSqliteSource } from './sqlite-copy-end.js';
import { SqliteStore } from './sqlite-store.js';

const folder = mkdtempSync(join(tmpdir(), 'herald-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Steps of a search, as SQLite describes them. */
async function planOf(filter: InboxFilter): Promise<string> {
  const path = join(folder, `${filter.view}.db`);
  const store = new SqliteStore(path, { count: 1000, bytes: 1024 * 1024 });
  await store.open();
  await store.close();
  const end = await openSqliteSource(path, () => Promise.resolve());
  try {
    const reader = { username: 'ada', channels: ['user:ada'], muted: ['noise'] };
    const search = seek(reader, { filter, limit: 51 }, SQLITE, [1, 2]);
    const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${search}`.execute(end.db);
    return rows.map(({ detail }) => detail).join('\n');
  } finally {
    await end.close();
  }
}

test.each(VIEWS)('a search in the view %s reads the index from the newest, and sorts nothing', async (view) => {
  const plan = await planOf({ view, q: 'deploy failed' });
  expect(plan).toContain('VIRTUAL TABLE');
  expect(plan).not.toContain('ORDER BY');
});
