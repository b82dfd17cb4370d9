import { jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connections } from '../../src/connections/connections.js';
import { Sweep } from '../../src/connections/sweep.js';
import { NotificationRepository } from '../../src/repository/notification-repository.js';
import { Store } from '../../src/repository/store.js';
import { FrameSocket } from '../frame-socket.js';
import { longestTurnMs } from '../longest-turn.js';
import { DRAFT, type RunningServer, useServer } from '../running-server.js';
import { Scrape } from './scrape.js';

const STRANGER = { 'X-Forwarded-For': '203.0.113.7' };
const METRICS_TOKEN = 'the-token-of-the-scraper';
const MANY = 3000;
/** Connections that are opened at the same time. */
const AT_ONCE = 100;
/** Promise G8. */
const TURN_MS_MAX = 50;

const statusOf = async (server: RunningServer, headers: Record<string, string>, path = '/metrics'): Promise<number> =>
  (await server.fetch(path, { headers })).status;

describe('without METRICS_TOKEN', () => {
  const direct = useServer();
  const behindProxy = useServer({ TRUSTED_PROXIES: '127.0.0.1' });

  test('this machine may scrape, directly and through a trusted proxy', async () => {
    expect(await statusOf(direct, {})).toBe(200);
    expect(await statusOf(behindProxy, { 'X-Forwarded-For': '127.0.0.1' })).toBe(200);
  });

  test('the path does not exist for other machines', async () => {
    const { status, body } = await behindProxy.fetch('/metrics', { headers: STRANGER });
    const other = await behindProxy.fetch('/metrix', { headers: STRANGER });
    expect(status).toBe(404);
    expect(JSON.stringify(body)).toBe(JSON.stringify(other.body).replace('metrix', 'metrics'));
    expect(await statusOf(behindProxy, { ...STRANGER, Authorization: 'Bearer ' })).toBe(404);
  });

  test('a proxy on this machine that is not trusted is no scraper, whatever it forwards', async () => {
    expect(await statusOf(direct, { 'X-Forwarded-For': '127.0.0.1' })).toBe(404);
    expect(await statusOf(direct, { Forwarded: 'for=127.0.0.1' })).toBe(404);
    expect(await statusOf(behindProxy, { Forwarded: 'for=203.0.113.7' })).toBe(404);
  });
});

describe('with METRICS_TOKEN', () => {
  const server = useServer({ TRUSTED_PROXIES: '127.0.0.1', METRICS_TOKEN });

  test('another machine may scrape with it', async () => {
    expect(await statusOf(server, { ...STRANGER, Authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
    expect(await statusOf(server, { ...STRANGER, Authorization: `bearer  ${METRICS_TOKEN}` })).toBe(200);
  });

  test.each(['', 'Bearer', 'Bearer wrong', `Basic ${METRICS_TOKEN}`, `Bearer ${METRICS_TOKEN}x`])(
    'another machine with the header %j gets 401',
    async (Authorization) => {
      const { status, headers, body } = await server.fetch('/metrics', { headers: { ...STRANGER, Authorization } });
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(body).toMatchObject({ code: 'invalid_token' });
    },
  );

  test('an administrator’s token is not accepted', async () => {
    expect(await statusOf(server, { ...STRANGER, Authorization: `Bearer ${await server.signIn()}` })).toBe(401);
  });

  test('this machine needs none', async () => {
    expect(await statusOf(server, {})).toBe(200);
  });
});

describe('below a base path', () => {
  const server = useServer({ BASE_PATH: '/herald' });

  test.each(['/herald/metrics', '/metrics'])('%s answers', async (path) => {
    expect(await statusOf(server, {}, path)).toBe(200);
  });

  test('/api/metrics does not exist', async () => {
    expect(await statusOf(server, {}, '/herald/api/metrics')).toBe(404);
  });
});

describe('with a store in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-metrics-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const server = useServer({ DATABASE_URL: `sqlite:${join(folder, 'herald.db')}` });

  test('a scrape counts the entries of each commit', async () => {
    const before = await Scrape.of(server);
    const { title, message, priority, category } = DRAFT;
    const data = { title, message, priority, category, audience: ['everyone'], sender: 'ada' };
    const item = { channels: ['everyone'], entry: { event: 'notification', data } } as const;
    await server.app.get(NotificationRepository).appendAll([item, item, item]);
    const after = await Scrape.of(server);
    const growth = (name: string): number => after.value(name) - before.value(name);
    expect(growth('herald_store_commit_entries_count')).toBe(1);
    expect(growth('herald_store_commit_entries_sum')).toBe(3);
    expect(growth('herald_store_duration_seconds_count{operation="append"}')).toBe(1);
    expect(after.value('herald_store_waiting_appends')).toBe(0);
  });

  test('a scrape shows the appends that wait for a commit', async () => {
    const repository = server.app.get(NotificationRepository);
    const data = { ...DRAFT, audience: ['everyone'], sender: 'ada' };
    const append = () => repository.append(['everyone'], { event: 'notification', data });
    // The first one begins a transaction, which takes some turns of the event loop.
    const first = append();
    await Promise.resolve();
    const others = [append(), append()];
    const { appends } = server.app.get(Store);
    expect(appends.waiting).toBeGreaterThanOrEqual(2);
    await Promise.all([first, ...others]);
    expect(appends.waiting).toBe(0);
  });
});

describe(`with ${MANY} connections`, () => {
  const limits = { MAX_CONNECTIONS_PER_USER: String(MANY), MAX_CONNECTIONS_PER_ADDRESS: String(MANY) };
  const server = useServer(limits);

  test('a scrape looks at none of them, and does not hold the event loop', async () => {
    const token = await server.signIn();
    const clients: FrameSocket[] = [];
    while (clients.length < MANY)
      clients.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => FrameSocket.live(server, token)))));
    // The first scrape begins to record the delay of the event loop.
    expect((await Scrape.of(server)).value('herald_connections{transport="websocket"}')).toBe(MANY);
    // It looks at all of them every second.
    server.app.get(Sweep, { strict: false }).onModuleDestroy();
    const all = jest.spyOn(server.app.get(Connections), 'all');
    expect(await longestTurnMs(() => server.get('/metrics'))).toBeLessThan(TURN_MS_MAX);
    expect(all).not.toHaveBeenCalled();
    all.mockRestore();
    for (const { socket } of clients) socket.terminate();
  });
});
