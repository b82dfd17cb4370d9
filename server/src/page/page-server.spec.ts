import { SERVER_PATHS } from '@herald/protocol';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type RequestOptions, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnvironment } from '../config/read-environment.js';
import { createPageServer } from './page-server.js';

const INDEX = '<!doctype html><title>Herald</title>';
const BROWSER = { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' };

describe('the page server', () => {
  let root: string;
  let api: Server;
  let page: FastifyInstance;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'herald-page-'));
    await mkdir(join(root, 'media'));
    await writeFile(join(root, 'index.html'), INDEX);
    await writeFile(join(root, 'main-ABCD1234.js'), 'export {};');
    await writeFile(join(root, 'main-ABCD1234.js.br'), 'as brotli');
    await writeFile(join(root, 'main-ABCD1234.js.gz'), 'as gzip');
    await writeFile(join(root, 'chunk-K_hgP-X-.js'), 'export {};');
    await writeFile(join(root, 'ngsw-worker.js'), '// worker');
    await writeFile(join(root, 'ngsw.json'), '{}');
    await writeFile(join(root, 'manifest.webmanifest'), '{}');
    await writeFile(join(root, 'favicon.ico'), 'icon');
    await writeFile(join(root, 'media', 'roboto.woff2'), 'font');
    await writeFile(join(root, '..', 'herald-outside.txt'), 'outside');
    api = createServer((incoming, response) => response.end(`api ${incoming.method} ${incoming.url}`));
    page = await createPageServer({ root, environment: checkEnvironment({}), api });
    await page.listen({ port: 0, host: '127.0.0.1' });
  });

  afterAll(async () => {
    await page.close();
    await rm(root, { recursive: true });
    await rm(join(root, '..', 'herald-outside.txt'));
  });

  const port = (server: FastifyInstance): number => (server.server.address() as AddressInfo).port;

  /** Unlike fetch, sends the path unchanged. */
  async function get(path: string, options: RequestOptions = {}): Promise<{ answer: IncomingMessage; body: string }> {
    const sent = request({ host: '127.0.0.1', port: port(page), path, agent: false, ...options }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of answer) body += String(chunk);
    return { answer, body };
  }

  test.each([
    '/',
    '/inbox',
    '/settings/profile',
    '/inbox?from=a.b',
    '/sign-in?next=/inbox%2F1&mail=ada@herald.example',
    '/?v=1.2',
  ])('answers %s, a route of the page, with the page', async (path) => {
    const { answer, body } = await get(path, { headers: BROWSER });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(body).toBe(INDEX);
  });

  test.each(['/main-WXYZ9876.js', '/missing.png', '/media/missing.woff2', '/missing.js?v=1'])(
    'answers 404 for the missing file %s instead of the page',
    async (path) => {
      const { answer, body } = await get(path);
      expect(answer.statusCode).toBe(404);
      expect(body).not.toContain('<');
    },
  );

  test('lets browsers cache files with a hash in the name for a year, and revalidate all others', async () => {
    for (const path of ['/main-ABCD1234.js', '/chunk-K_hgP-X-.js']) {
      expect((await get(path)).answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    for (const path of [
      '/favicon.ico',
      '/index.html',
      '/media/roboto.woff2',
      '/ngsw-worker.js',
      '/ngsw.json',
      '/manifest.webmanifest',
    ]) {
      expect((await get(path)).answer.headers['cache-control']).toBe('no-cache');
    }
  });

  test.each([
    ['br, gzip', 'br', 'as brotli'],
    ['gzip', 'gzip', 'as gzip'],
    ['', undefined, 'export {};'],
  ])('picks the compressed file by Accept-Encoding “%s”', async (accepted, encoding, content) => {
    const { answer, body } = await get('/main-ABCD1234.js', { headers: { 'Accept-Encoding': accepted } });
    expect([answer.headers['content-encoding'], body]).toEqual([encoding, content]);
    expect(answer.headers['content-type']).toMatch(/^application\/javascript/);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.vary).toBe('accept-encoding');
  });

  test('sends the plain file if no compressed one exists, and serves no compressed file by its own name', async () => {
    expect((await get('/inbox', { headers: { 'Accept-Encoding': 'br, gzip' } })).body).toBe(INDEX);
    expect((await get('/main-ABCD1234.js.br')).answer.statusCode).toBe(404);
  });

  test('sends the manifest with its media type', async () => {
    expect((await get('/manifest.webmanifest')).answer.headers['content-type']).toBe('application/manifest+json');
  });

  test.each([
    '/../herald-outside.txt',
    '/%2e%2e/herald-outside.txt',
    '/media/..%2f..%2fherald-outside.txt',
    '/..%5cherald-outside.txt',
  ])('serves nothing from outside its folder: %s', async (path) => {
    const { answer, body } = await get(path);
    expect(answer.statusCode).toBe(404);
    expect(body).not.toContain('outside');
  });

  test.each(['POST', 'PUT', 'OPTIONS'])(
    'hands %s for any path to the API, since ntfy clients publish there',
    async (method) => {
      expect((await get('/archived', { method })).body).toBe(`api ${method} /archived`);
    },
  );

  test('tells the page at run time where its server is', async () => {
    const { answer, body } = await get('/config.json');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(JSON.parse(body)).toEqual({ serverUrl: '' });
  });

  test('forbids inline scripts and framing', async () => {
    const policy = (await get('/inbox')).answer.headers['content-security-policy'];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  test('lets the service worker connect to any server, since its policy outlives SERVER_URL', async () => {
    expect((await get('/ngsw-worker.js')).answer.headers['content-security-policy']).toContain(
      "script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src *;",
    );
  });

  test('lets the page connect to a server elsewhere, by HTTP and by WebSocket', async () => {
    const elsewhere = await createPageServer({
      root,
      environment: checkEnvironment({ SERVER_URL: 'https://api.example' }),
      api,
    });
    const answer = await elsewhere.inject('/');
    expect(answer.headers['content-security-policy']).toContain(
      "connect-src 'self' https://api.example wss://api.example;",
    );
    expect((await elsewhere.inject('/config.json')).json()).toEqual({ serverUrl: 'https://api.example' });
    await elsewhere.close();
  });

  test.each([
    ...SERVER_PATHS.map((name) => `/${name}`),
    ...['/api/info', '/api?x=1', '/docs-json', '/docs/protocol', '/health/live', '/ntfy/builds/publish'],
  ])('hands %s to the API', async (path) => {
    expect((await get(path)).body).toBe(`api GET ${path}`);
  });

  test.each([
    '//api/notifications',
    '///api/info',
    '/api;x',
    '/%61pi/info',
    '/x/../api/info',
    '/api%2Finfo',
    '/\\api/info',
    'http://localhost:3000/api/info',
    '//docs',
    '/%2e/health/live',
  ])('hands %s, another spelling of an API path, to the API', async (path) => {
    expect((await get(path)).body).toBe(`api GET ${path}`);
  });

  describe('at a base path', () => {
    let moved: FastifyInstance;
    const HTML = '<!doctype html><base href="/"><title>Herald</title>';
    const MOVED_HTML = HTML.replace('href="/"', 'href="/herald/"');

    beforeAll(async () => {
      const files = await mkdtemp(join(tmpdir(), 'herald-page-'));
      await writeFile(join(files, 'index.html'), HTML);
      await writeFile(join(files, 'index.html.gz'), 'compressed, for the root');
      await writeFile(
        join(files, 'ngsw.json'),
        JSON.stringify({
          index: '/index.html',
          assetGroups: [{ name: 'page', urls: ['/index.html', '/main.js'] }],
          hashTable: { '/index.html': 'of another text', '/main.js': 'a' },
          navigationUrls: [{ positive: true, regex: '^\\/.*$' }],
        }),
      );
      moved = await createPageServer({ root: files, environment: checkEnvironment({ BASE_PATH: '/herald/' }), api });
      await moved.listen({ port: 0, host: '127.0.0.1' });
      await rm(files, { recursive: true });
    });

    afterAll(() => moved.close());

    test.each(['/', '/settings', '/herald', '/herald/', '/herald/settings?a=b', '/herald/index.html'])(
      'answers %s with a page whose files are there',
      async (path) => {
        const { answer, body } = await get(path, { port: port(moved), headers: { 'Accept-Encoding': 'gzip' } });
        expect([answer.statusCode, answer.headers['content-type'], body]).toEqual([
          200,
          'text/html; charset=utf-8',
          MOVED_HTML,
        ]);
      },
    );

    test('lists the files for the service worker by their paths there, with the hash of the moved page', async () => {
      expect(JSON.parse((await get('/herald/ngsw.json', { port: port(moved) })).body)).toEqual({
        index: '/herald/index.html',
        assetGroups: [{ name: 'page', urls: ['/herald/index.html', '/herald/main.js'] }],
        hashTable: {
          '/herald/index.html': createHash('sha1').update(MOVED_HTML).digest('hex'),
          '/herald/main.js': 'a',
        },
        navigationUrls: [{ positive: true, regex: '^\\/.*$' }],
      });
    });

    test('hands the API its requests, and upgrades, without the base path', async () => {
      expect((await get('/herald/api/info?x=1', { port: port(moved) })).body).toBe('api GET /api/info?x=1');
      api.once('upgrade', (incoming, socket) =>
        socket.end(`HTTP/1.1 418 ${incoming.url}\r\nConnection: close\r\n\r\n`),
      );
      const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
      expect((await get('/herald/ws?x=1', { port: port(moved), headers })).answer.statusMessage).toBe('/ws?x=1');
    });
  });

  test('answers 421 for a foreign host name that resolves to this machine', async () => {
    const { answer, body } = await get('/inbox', { headers: { ...BROWSER, Host: 'rebound.example:3000' } });
    expect([answer.statusCode, JSON.parse(body)]).toMatchObject([
      421,
      { statusCode: 421, message: expect.stringContaining('FRONTEND_URL') },
    ]);
  });

  test('sends no HSTS header unless it is configured', async () => {
    expect((await get('/')).answer.headers['strict-transport-security']).toBeUndefined();
    const strict = await createPageServer({ root, environment: checkEnvironment({ HSTS_SECONDS: '3600' }), api });
    expect((await strict.inject('/')).headers['strict-transport-security']).toBe('max-age=3600');
    await strict.close();
  });

  test('forwards every method to the API', async () => {
    expect((await get('/api/notifications/send', { method: 'POST' })).body).toBe('api POST /api/notifications/send');
  });

  test.each(['/builds/publish', '/apix', '/wsx', '/documents', '/healthy', '/metrics', '/inbox/api', '/API'])(
    'answers %s, which only resembles an API path, with the page',
    async (path) => {
      expect((await get(path)).body).toBe(INDEX);
    },
  );

  test('forwards WebSocket upgrades to the API', async () => {
    api.once('upgrade', (incoming, socket) => socket.end(`HTTP/1.1 418 ${incoming.url}\r\nConnection: close\r\n\r\n`));
    const { answer } = await get('/ws?x=1', { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } });
    expect([answer.statusCode, answer.statusMessage]).toEqual([418, '/ws?x=1']);
  });

  test('ignores an offer of another protocol, as curl --http2 makes it', async () => {
    const { answer, body } = await get('/inbox', { headers: { Connection: 'Upgrade', Upgrade: 'h2c' } });
    expect(answer.statusCode).toBe(200);
    expect(body).toBe(INDEX);
  });

  test('closes the socket of an upgrade for which the API has no listener, such as during its stop', async () => {
    const sent = request({
      host: '127.0.0.1',
      port: port(page),
      path: '/ws',
      headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    }).end();
    await expect(once(sent, 'response')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
