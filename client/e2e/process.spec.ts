import type { LoginAnswer } from '@herald/protocol';
import { expect, test } from '@playwright/test';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { HeraldServer } from './support/herald-server.ts';
import { runToEnd } from './support/server-run.ts';

const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: 'memory:', PORT: '0', UI_PORT: '0' };
const SECRET_KEY = 'f174317839051dbfd5755099852db8d1';

async function signIn(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'password' }),
  });
  return ((await response.json()) as LoginAnswer).access_token;
}

test.describe('the server refuses to start, with a one-line reason', () => {
  for (const variable of ['PORT', 'UI_PORT'] as const) {
    test(`when ${variable} is taken`, async () => {
      const holder = createServer().listen(0, '127.0.0.1');
      await once(holder, 'listening');
      const { port } = holder.address() as AddressInfo;
      const { exitCode, lines } = await runToEnd({ PORT: await freePort(), [variable]: String(port) });
      expect(lines).toEqual([`${variable}: port ${port} is taken; stop what uses it, or set ${variable} to another`]);
      expect(exitCode).toBe(1);
      holder.close();
    });
  }

  const wrong: [string, string, RegExp][] = [
    ['PORT', 'eight thousand', /^PORT: must .*must be an integer number$/],
    ['UI_PORT', '70000', /^UI_PORT: must not be greater than 65535/],
    ['HOST', '192.0.2.1', /^HOST: 192\.0\.2\.1 is not an address of this machine$/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL: must be one of the following values: debug, info, warn, error$/],
    ['FRONTEND_URL', 'herald.example/page', /^FRONTEND_URL: each must be an origin/],
    ['TOKEN_TTL_SECONDS', '5', /^TOKEN_TTL_SECONDS: must not be less than 60$/],
    ['NODE_ENV', 'staging', /^NODE_ENV: must be one of/],
  ];
  for (const [variable, value, line] of wrong) {
    test(`when ${variable} is ${value}`, async () => {
      const { exitCode, lines } = await runToEnd({ PORT: await freePort(), UI_PORT: '0', [variable]: value });
      expect(lines).toEqual([expect.stringMatching(line)]);
      expect(exitCode).toBe(1);
    });
  }

  test('in production with the well-known defaults, with a line for each', async () => {
    const { exitCode, lines } = await runToEnd(PRODUCTION);
    expect(lines).toEqual([
      'SECRET_KEY: production needs one of your own of at least 32 characters',
      'ADMIN_PASSWORD: production needs one of your own of at least 12 characters',
    ]);
    expect(exitCode).toBe(1);
  });

  test("in production with the demo's password", async () => {
    const { exitCode, lines } = await runToEnd({ ...PRODUCTION, SECRET_KEY, ADMIN_PASSWORD: 'password' });
    expect(lines).toEqual(['ADMIN_PASSWORD: production needs one of your own of at least 12 characters']);
    expect(exitCode).toBe(1);
  });
});

test.describe('a running server', () => {
  let server: HeraldServer;

  test.afterEach(async () => {
    await server.stop();
  });

  test('names its store and its addresses in four readable lines', async () => {
    server = await HeraldServer.start({});
    const line = (words: string): unknown =>
      expect.stringMatching(new RegExp(`^\\[\\d\\d:\\d\\d:\\d\\d\\] INFO: ${words}$`));
    // The server is ready a moment before its last line arrives here.
    await expect
      .poll(() => server.log.split('\n').filter(Boolean))
      .toEqual([
        line('Store in memory: a restart forgets everything \\(DATABASE_URL=memory:\\)'),
        line(`API and WebSocket on ${server.apiUrl}`),
        line(`Swagger UI on ${server.apiUrl}/docs`),
        line(`Page on ${server.pageUrl}`),
      ]);
  });

  test('in production logs JSON lines and has no demo account', async () => {
    const ADMIN_PASSWORD = 'correct horse battery';
    server = await HeraldServer.start({
      NODE_ENV: 'production',
      DATABASE_URL: 'memory:',
      HOST: '127.0.0.1',
      SECRET_KEY,
      ADMIN_PASSWORD,
    });
    for (const line of server.log.split('\n').filter(Boolean)) expect(JSON.parse(line)).toMatchObject({ level: 30 });
    expect(await (await fetch(`${server.apiUrl}/api/info`)).json()).not.toHaveProperty('demo');
  });

  test('stops cleanly on Ctrl-C with a WebSocket and keep-alive connections open', async () => {
    server = await HeraldServer.start({});
    const token = await signIn(server.apiUrl);
    const sockets = [server.apiUrl, server.pageUrl].map(
      (origin) => new WebSocket(`${origin.replace('http', 'ws')}/ws?token=${token}`),
    );
    const closes = sockets.map((socket) => once(socket, 'close'));
    await Promise.all(sockets.map((socket) => once(socket, 'message')));
    for (const origin of [server.apiUrl, server.pageUrl]) {
      const idle = connect(Number(new URL(origin).port), '127.0.0.1').on('error', () => undefined);
      idle.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await once(idle, 'data');
    }
    expect(await server.stop('SIGINT')).toBe(0);
    expect((await Promise.all(closes)).map(([code]) => code as number)).toEqual([4503, 4503]);
    expect(server.log).not.toMatch(/WARN|ERROR/);
  });

  test("serves page, API, docs, health and WebSocket from the page's origin", async () => {
    server = await HeraldServer.start({});
    const get = async (path: string): Promise<[number, string | null]> => {
      const { status, headers } = await fetch(`${server.pageUrl}${path}`);
      return [status, headers.get('content-type')];
    };
    expect(await get('/')).toEqual([200, expect.stringContaining('text/html')]);
    expect(await get('/settings')).toEqual([200, expect.stringContaining('text/html')]);
    expect(await get('/missing.js')).toEqual([404, expect.anything()]);
    expect(await get('/api/info')).toEqual([200, expect.stringContaining('application/json')]);
    expect(await get('/docs')).toEqual([200, expect.stringContaining('text/html')]);
    expect(await get('/docs/protocol')).toEqual([200, expect.stringContaining('text/plain')]);
    expect(await get('/health/ready')).toEqual([200, expect.stringContaining('application/json')]);
    const token = await signIn(server.pageUrl);
    for (const path of ['/ws', '/api/ws']) {
      const socket = new WebSocket(`${server.pageUrl.replace('http', 'ws')}${path}`, ['herald.v1', `bearer.${token}`], {
        origin: server.pageUrl,
      });
      await once(socket, 'open');
      expect(socket.protocol).toBe('herald.v1');
      socket.terminate();
    }
  });

  test('tells the page its server address at run time', async () => {
    const config = async (): Promise<unknown> => (await fetch(`${server.pageUrl}/config.json`)).json();
    server = await HeraldServer.start({});
    expect(await config()).toEqual({ serverUrl: '' });
    await server.stop();
    server = await HeraldServer.start({ SERVER_URL: 'https://herald.example/' });
    expect(await config()).toEqual({ serverUrl: 'https://herald.example' });
    const policy = (await fetch(server.pageUrl)).headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'self' https://herald.example wss://herald.example;");
  });

  test('never logs a token, not even at debug level', async () => {
    server = await HeraldServer.start({ LOG_LEVEL: 'DEBUG' });
    const token = await signIn(server.apiUrl);
    const [, claims = '', signature = ''] = token.split('.');
    for (const origin of [server.apiUrl, server.pageUrl]) {
      for (const credentials of [token, `${token}x`]) await useEverywhere(origin, credentials);
    }
    await server.stop();
    expect(server.log.match(/ connected: /g)).toHaveLength(6);
    expect(server.log).toContain('token=[redacted]');
    for (const part of [claims, signature]) expect(server.log).not.toContain(part);
    expect(server.log).not.toContain('"password"');
  });

  /** Presents the token in every way to sign in and in places where it does not belong; requests may fail. */
  async function useEverywhere(origin: string, token: string): Promise<void> {
    const headers = { Authorization: `Bearer ${token}` };
    await fetch(`${origin}/api/auth/me`, { headers });
    await fetch(`${origin}/api/notifications?token=${token}`, { headers });
    await fetch(`${origin}/api/nothing/${token}`, { headers });
    const ws = `${origin.replace('http', 'ws')}/ws`;
    await Promise.all([
      decided(new WebSocket(ws, { headers })),
      decided(new WebSocket(ws, ['herald.v1', `bearer.${token}`])),
      decided(new WebSocket(`${ws}?token=${token}`)),
    ]);
  }

  /** Resolves when the server has accepted or refused the socket, and terminates it. */
  async function decided(socket: WebSocket): Promise<void> {
    await new Promise((resolve) => socket.once('open', resolve).once('error', resolve));
    socket.terminate();
  }
});

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  await once(holder.close(), 'close');
  return String(port);
}
