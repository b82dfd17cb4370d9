import type { InboxPage, ScheduledPage } from '@herald/protocol';
import { DRAFT, useServer } from './running-server.js';

const PAGE_BYTES = 1024 * 1024;
const SCHEDULED = '/api/notifications/scheduled';

describe('lists', () => {
  const server = useServer();
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });
  interface Page {
    items: { id: string }[];
    nextCursor: string | null;
  }

  /** Reads all pages. @returns the ids, and the bytes of each page */
  async function readAll(path: string, cursor: 'before' | 'after'): Promise<{ ids: string[]; bytes: number[] }> {
    const ids: string[] = [];
    const bytes: number[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await server.get(`${path}?limit=200&${cursor}=${encodeURIComponent(next)}`, token);
      const page = body as Page;
      ids.push(...page.items.map(({ id }) => id));
      bytes.push(Buffer.byteLength(JSON.stringify(page.items)));
      next = page.nextCursor;
    }
    return { ids, bytes };
  }

  test('split 300 large notifications into pages of 1 MB without gaps or duplicates', async () => {
    const large = { ...DRAFT, message: '€'.repeat(4000), url: `https://example.com/${'a'.repeat(1900)}` };
    const sent: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { body } = await server.post(
        '/api/notifications/send',
        Array.from({ length: 100 }, () => large),
        token,
      );
      sent.unshift(...(body as { id: string }[]).map(({ id }) => id).reverse());
    }
    for (const path of ['/api/notifications', '/api/notifications/sent']) {
      const { ids, bytes } = await readAll(path, 'before');
      expect(ids).toEqual(sent);
      expect(Math.max(...bytes)).toBeLessThan(PAGE_BYTES + 1000);
    }
  });

  test('page accounts by name', async () => {
    const add = (username: string) =>
      server.post('/api/users', { username, password: 'a long pass phrase', roles: [] }, token);
    for (const name of ['cyd', 'ada', 'bob']) expect((await add(name)).status).toBe(201);
    const names = async (query: string): Promise<string[]> =>
      ((await server.get(`/api/users${query}`, token)).body as { username: string }[]).map(({ username }) => username);
    expect(await names('')).toEqual(['ada', 'admin', 'bob', 'cyd']);
    expect(await names('?limit=2')).toEqual(['ada', 'admin']);
    expect(await names('?limit=2&after=admin')).toEqual(['bob', 'cyd']);
    expect(await names('?after=cyd')).toEqual([]);
    expect((await server.get('/api/users?limit=201', token)).status).toBe(400);
  });

  test('page scheduled notifications, soonest first', async () => {
    const at = (n: number): string => new Date(Date.now() + 86_400_000 + (n % 2) * 1000).toISOString();
    for (let n = 0; n < 5; n++)
      expect((await server.post('/api/notifications/send', { ...DRAFT, deliverAt: at(n) }, token)).status).toBe(202);
    const first = (await server.get(`${SCHEDULED}?limit=3`, token)).body as ScheduledPage;
    const second = (await server.get(`${SCHEDULED}?limit=3&after=${first.nextCursor}`, token)).body as ScheduledPage;
    const times = [...first.items, ...second.items].map(({ deliverAt }) => deliverAt);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null]);
    expect(times).toEqual(times.toSorted());
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
  });

  test.each(['x', '2026-01-31T08:00:00.000Z', '_', '2026-01-31T08:00:00.000Z_x'])(
    'refuse the cursor %j of scheduled notifications',
    async (cursor) => {
      const { status, body } = await server.get(`${SCHEDULED}?after=${encodeURIComponent(cursor)}`, token);
      expect([status, body]).toMatchObject([
        400,
        { details: [{ field: 'after', reason: 'after must be the nextCursor of a page' }] },
      ]);
    },
  );

  test('accept searches for 8 words at most, including single letters', async () => {
    const q = 'a 世 cc dd ee ff gg hh';
    expect(
      ((await server.get(`/api/notifications?q=${encodeURIComponent(q)}`, token)).body as InboxPage).items,
    ).toEqual([]);
    const refused = { details: [{ field: 'q', reason: 'q must be at most 8 words' }] };
    expect((await server.get(`/api/notifications?q=${encodeURIComponent(`${q} ii`)}`, token)).body).toMatchObject(
      refused,
    );
    const change = { read: true, filter: { q: `${q} ii` }, upTo: '01932c07-6c4e-7000-8000-000000000000' };
    const { status, body } = await server.post('/api/notifications/state', change, token);
    expect([status, body]).toMatchObject([
      400,
      { details: [{ field: 'filter.q', reason: 'q must be at most 8 words' }] },
    ]);
  });
});
