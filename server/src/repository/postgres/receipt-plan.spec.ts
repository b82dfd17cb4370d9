import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import { PostgresStore } from './postgres-store.js';

const PEOPLE = 5000;
const ENTRIES = 8;

describeWithPostgres('PostgresStore', () => {
  // With a join, PostgreSQL compares every report with every stored range, which takes longer than the 3.8 s that a
  // statement may take.
  test('stores the receipts of 5,000 people while the table has no statistics', async () => {
    const server = await PostgresServer.start(['fsync=off', 'autovacuum=off']);
    const url = await server.createDatabase();
    const store = new PostgresStore(url, { count: 1000, bytes: 1024 * 1024 });
    await store.open();
    for (let offset = 1; offset <= ENTRIES; offset++) {
      for (let n = 0; n < PEOPLE; n++) {
        await store.receipts.received(`person-${n}`, { channel: 'everyone', lane: 'low', from: offset, to: offset });
      }
      // Waits until they are stored.
      await store.receipts.receiversOf('');
    }
    await store.close();

    const rows = await server.query('SELECT first, last, count(*)::integer AS people FROM received GROUP BY 1, 2', url);
    expect(rows).toEqual([{ first: '1', last: String(ENTRIES), people: PEOPLE }]);
  });
});
