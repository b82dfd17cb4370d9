import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InboxFilter, InboxPage } from '@herald/protocol';
import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import { openStore } from '../../src/repository/repository.module.js';
import type { Store } from '../../src/repository/store.js';
import { fill, READER } from './fill.js';
import { loadInBulk } from './load-in-bulk.js';

const STORED = 400;
const TIMES = 3;
const OWN = STORED / 10;
const LIMITS = { count: 10_000, bytes: 100 * 1024 * 1024 };

/** Opens a store whose notifications have been multiplied. */
async function loaded(url: string): Promise<Store> {
  const address = { url, listenUrl: undefined };
  const store = await openStore(address, LIMITS);
  await fill(store, STORED, STORED / OWN);
  await store.close();
  await loadInBulk(url, TIMES);
  return openStore(address, LIMITS);
}

function behavesLikeAnyStore(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const page = (filter: InboxFilter): Promise<InboxPage> => store.inboxes.page(READER, { filter, limit: 1000 });

  test('has all notifications of the reader, under ascending ids', async () => {
    const { items } = await page({ view: 'all' });
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(TIMES * OWN);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test('counts what it has', async () => {
    const { items, counts } = await page({ view: 'archived' });
    expect(counts.archived).toBe(items.length);
    expect(counts.inbox + counts.archived).toBe(TIMES * OWN);
    expect((await page({ view: 'inbox', unread: true })).items).toHaveLength(counts.unread);
  });

  test('finds all copies by their words', async () => {
    const { items } = await page({ view: 'all', q: 'Build 10 ' });
    const copies = items.filter(({ title }) => title.startsWith('Build 10 '));
    expect(copies).toHaveLength(TIMES);
    expect(items.length).toBeLessThan(TIMES * OWN);
  });

  test('continues its log', async () => {
    const before = (await store.notifications.heads(['everyone'])).channels.get('everyone')?.low;
    const { entries } = await store.notifications.read('everyone', 'low', 1, 1000);
    expect(entries.at(-1)).toMatchObject({ offset: before?.offset, data: { id: before?.id } });
    const [first] = entries;
    if (first?.event !== 'notification') throw new Error('the first entry is no notification');
    const { places } = await store.notifications.append(['everyone'], { event: 'notification', data: first.data });
    expect(places[0]?.offset).toBe((before?.offset ?? 0) + 1);
  });
}

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bulk-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  behavesLikeAnyStore(() => loaded(`sqlite:${join(folder, 'herald.db')}`));
});

describeWithPostgres('a database', () => {
  behavesLikeAnyStore(async () => loaded(await (await PostgresServer.start()).createDatabase()));
});
