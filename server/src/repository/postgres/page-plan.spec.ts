import { sql } from 'kysely';
import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import { seek } from '../sql/inbox/inbox-query.js';
import { openPostgresEnd } from './postgres-copy-end.js';
import { PostgresStore } from './postgres-store.js';
import { postgresSql } from './postgres.js';

const READER = { username: 'ada', channels: ['user:ada'], muted: [] };
const STORED = 2000;

describeWithPostgres('a page of an inbox in PostgreSQL', () => {
  test('reads no more marks than notifications', async () => {
    const url = await (await PostgresServer.start()).createDatabase();
    const store = new PostgresStore(url, { count: 2 * STORED, bytes: 100 * 1024 * 1024 });
    await store.open();
    const text = { title: 'Backup', message: 'Done', category: 'backup' };
    const data = { ...text, priority: 'low', audience: READER.channels, sender: 'ci' } as const;
    const addressed = { channels: READER.channels, entry: { event: 'notification', data } } as const;
    await store.notifications.appendAll(Array.from({ length: STORED }, () => addressed));
    await store.inboxes.change(READER, { filter: { view: 'inbox' } }, { read: true });
    await store.close();

    const end = await openPostgresEnd(url, () => Promise.resolve());
    try {
      await sql`VACUUM ANALYZE`.execute(end.db);
      const { rows: audiences } = await sql<{ no: number }>`SELECT no FROM audiences`.execute(end.db);
      const nos = audiences.map(({ no }) => no);
      const page = seek(READER, { filter: { view: 'inbox' }, limit: 51 }, postgresSql('a test'), nos);
      const { rows } = await sql<Record<string, string>>`EXPLAIN ANALYZE ${page}`.execute(end.db);
      const marks = rows.flatMap((row) => Object.values(row)).find((step) => / on marks/.test(step));
      expect(marks).toMatch(/loops=51\)$/);
    } finally {
      await end.close();
    }
  });
});
