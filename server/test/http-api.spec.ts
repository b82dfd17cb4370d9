import type { CurrentUser, InboxPage } from '@herald/protocol';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createApp } from '../src/configure-app.js';
import { Store } from '../src/repository/store.js';
import { RunningServer, useServer } from './running-server.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the HTTP API', () => {
  const server = useServer({ TOKEN_TTL_SECONDS: '3600', FRONTEND_URL: 'https://page.example' });
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });

  async function page(query: string): Promise<InboxPage> {
    return (await server.get(`/api/notifications?${query}`, token)).body as InboxPage;
  }

  describe("the reference system's own curl commands", () => {
    test('sign in', async () => {
      const { status, body } = await server.post(
        '/api/auth/login',
        '{\n  "username": "admin",\n  "password": "password"\n}',
      );
      expect(status).toBe(200);
      expect(body).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        token_type: 'bearer',
        expires_in: 3600,
      });
    });

    test('send a notification, and get it back as stored', async () => {
      const sent = {
        title: 'Test Notification',
        message: 'This is a test notification!',
        priority: 'high',
        category: 'test',
      };
      const { status, body } = await server.post('/api/notifications/send', JSON.stringify(sent, null, 2), token);
      expect(status).toBe(201);
      expect(body).toEqual({
        ...sent,
        audience: ['everyone'],
        id: expect.stringMatching(UUID_V7),
        sender: 'admin',
        createdAt: expect.stringMatching(INSTANT),
      });
      expect((await page('limit=1')).items).toEqual([
        { ...(body as object), read: false, archived: false, snoozedUntil: null },
      ]);
    });
  });

  test('returns the current user, and the expiry of the token', async () => {
    const { status, body } = await server.get('/api/auth/me', token);
    expect(status).toBe(200);
    expect(body).toEqual({
      username: 'admin',
      expiresAt: expect.stringMatching(INSTANT),
      roles: ['admin'],
      topics: [],
      channels: ['everyone', 'user:admin', 'role:admin'],
    });
    const secondsLeft = (Date.parse((body as CurrentUser).expiresAt) - Date.now()) / 1000;
    expect(secondsLeft).toBeGreaterThan(3500);
    expect(secondsLeft).toBeLessThanOrEqual(3600);
  });

  test("accepts the header's scheme in any case (RFC 9110, section 11.1)", async () => {
    const { status } = await server.fetch('/api/auth/me', { headers: { Authorization: `bearer ${token}` } });
    expect(status).toBe(200);
  });

  test('pages through the inbox by cursor, newest first', async () => {
    const sent: string[] = [];
    for (const title of ['one', 'two', 'three', 'four', 'five']) sent.push((await server.send(token, { title })).id);
    const first = await page('limit=3');
    expect(first.items.map(({ title }) => title)).toEqual(['five', 'four', 'three']);
    const second = await page(`limit=2&before=${first.nextCursor}`);
    expect(second.items.map(({ id }) => id)).toEqual([sent[1], sent[0]]);
    expect((await page(`limit=2&before=${first.nextCursor?.toUpperCase()}`)).items).toEqual(second.items);
  });

  test('tells a page the version and the demo account before a sign-in', async () => {
    const { status, body } = await server.get('/api/info');
    expect(status).toBe(200);
    expect(body).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      demo: { username: 'admin', password: 'password' },
    });
  });

  test.each(['/health/live', '/health/ready'])('answers %s without a token', async (path) => {
    const { status, body } = await server.get(path);
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  test('is not ready while its store is closed', async () => {
    const store = server.app.get(Store, { strict: false });
    await store.close();
    const { status, headers, body } = await server.get('/health/ready').finally(() => store.open());
    expect([status, headers.get('Retry-After'), body]).toMatchObject([503, '1', { code: 'store_unavailable' }]);
    expect((await server.get('/health/ready')).status).toBe(200);
  });

  describe('a page of another origin', () => {
    const preflight = (origin: string): Promise<Response> =>
      fetch(`http://${server.host}/api/notifications/send`, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type',
        },
      });

    test('may call from an origin of FRONTEND_URL with a token, and read Retry-After', async () => {
      const { status, headers } = await preflight('https://page.example');
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe('https://page.example');
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        expect(headers.get('access-control-allow-methods')).toContain(method);
      }
      expect(headers.get('access-control-allow-headers')).toContain('authorization');
      const answer = await server.fetch('/api/info', { headers: { Origin: 'https://page.example' } });
      expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
    });

    test.each(['https://evil.example', 'https://page.example.evil.example', 'http://page.example', 'null'])(
      'may not call from %s',
      async (origin) => {
        expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
        const { headers } = await server.fetch('/api/info', { headers: { Origin: origin } });
        expect(headers.get('access-control-allow-origin')).toBeNull();
      },
    );
  });

  test('sends security headers for browsers', async () => {
    const { headers } = await server.get('/api/info');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('sends no HSTS header unless it is configured', async () => {
    expect((await server.get('/api/info')).headers.get('strict-transport-security')).toBeNull();
    const strict = await RunningServer.start({ HSTS_SECONDS: '3600' });
    expect((await strict.get('/api/info')).headers.get('strict-transport-security')).toBe('max-age=3600');
    await strict.close();
  });

  test.each([
    ['/api/notifications', 200, 'no-store'],
    ['/api/auth/me', 200, 'no-store'],
    ['/api/info', 200, 'no-store'],
    ['/api/nothing', 404, 'no-store'],
    ['/api/%zz', 400, 'no-store'],
    ['/ws', 426, 'no-store'],
    ['/health/live', 200, 'no-store'],
    ['/docs-json', 200, 'no-cache'],
  ])('forbids browsers to store %s, answered with %d', async (path, status, cacheControl) => {
    const answer = await server.get(path, token);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, cacheControl]);
    if (path.startsWith('/api/auth')) expect((await server.get(path)).headers.get('cache-control')).toBe('no-store');
  });

  test.each(['/api/info', '/docs', '/health/live', '/nowhere'])(
    'answers 421 at %s to a page at a name that resolves to this machine',
    async (path) => {
      const asked = request({
        host: '127.0.0.1',
        port: server.port,
        path,
        headers: { Host: `rebound.example:${server.port}` },
      }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      expect(answer.statusCode).toBe(421);
      expect(JSON.parse(await text(answer))).toEqual({
        statusCode: 421,
        error: 'Misdirected Request',
        code: 'unknown_host',
        message: expect.stringContaining('FRONTEND_URL'),
      });
    },
  );
});

describe('in production', () => {
  test('the demo account is neither announced nor usable', async () => {
    const environment = checkEnvironment({
      NODE_ENV: 'production',
      DATABASE_URL: 'memory:',
      LOG_LEVEL: 'error',
      SECRET_KEY: 'f174317839051dbfd5755099852db8d1',
      ADMIN_PASSWORD: 'correct horse battery',
    });
    const app = await createApp(environment);
    await app.init();
    const api = app.getHttpAdapter().getInstance();
    expect((await api.inject('/api/info')).json()).toEqual({ version: expect.any(String) });
    const payload = { username: 'admin', password: 'password' };
    expect((await api.inject({ method: 'POST', url: '/api/auth/login', payload })).statusCode).toBe(401);
    await app.close();
  });
});
