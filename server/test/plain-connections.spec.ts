import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, STATUS_CODES } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createPageServer } from '../src/page/page-server.js';
import { RunningServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

const MEBIBYTE = 1024 * 1024;
const BIG = 'big.bin';
/** Token for the most recently started server. */
let token = '';

const request = (path: string, ...lines: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${token}`, ...lines, '\r\n'].join('\r\n');

/** A socket that ignores resets. */
async function open(server: Server): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** All data that a socket receives until it is closed. */
async function heard(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

/** The JSON body of an answer. */
function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

describe('plain HTTP connections', () => {
  let api: RunningServer;
  let page: Awaited<ReturnType<typeof createPageServer>>;
  let root: string;

  async function start(variables: NodeJS.ProcessEnv = {}): Promise<void> {
    api = await RunningServer.start(variables);
    token = tokenOf(api, { sub: 'admin', exp: IN_AN_HOUR });
    page = await createPageServer({ root, environment: checkEnvironment(variables), api: api.http });
    await page.listen({ port: 0, host: '127.0.0.1' });
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'herald-page-'));
    await writeFile(join(root, 'index.html'), '<!doctype html>');
    await writeFile(join(root, BIG), Buffer.alloc(16 * MEBIBYTE));
  });
  afterAll(() => rm(root, { recursive: true }));

  afterEach(async () => {
    await Promise.all([page.close(), api.close()]);
  });

  test('have the same time-outs on both ports', async () => {
    await start();
    const limits = ({ headersTimeout, requestTimeout, keepAliveTimeout }: Server): number[] => [
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
    ];
    expect(limits(api.http)).toEqual([10_000, 30_000, 72_000]);
    expect(limits(page.server)).toEqual(limits(api.http));
  });

  test.each(['api', 'page'])(
    'are closed on the port of the %s when half a header, or half a body, takes too long',
    async (name) => {
      await start();
      const server = name === 'api' ? api.http : page.server;
      server.headersTimeout = server.requestTimeout = 100;
      for (const half of [
        'GET /health/live HTTP/1.1\r\nHost: loc',
        'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{',
      ]) {
        const socket = await open(server);
        socket.write(half);
        const answer = await heard(socket);
        expect(answer).toMatch(/^HTTP\/1\.1 408 /);
        expect(bodyOf(answer)).toMatchObject({ statusCode: 408, code: 'bad_request' });
      }
    },
  );

  test.each([
    ['api', 400, 'GET / HTTP/1.1\r\nno header\r\n\r\n'],
    ['page', 400, 'GET / HTTP/1.1\r\nno header\r\n\r\n'],
    ['api', 431, `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['page', 431, `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('get a refusal with a code on the port of the %s: %d', async (name, statusCode, request) => {
    await start();
    const socket = await open(name === 'api' ? api.http : page.server);
    socket.write(request);
    const answer = await heard(socket);
    expect(answer.split(' ', 2)).toEqual(['HTTP/1.1', String(statusCode)]);
    expect(bodyOf(answer)).toEqual({
      statusCode,
      error: STATUS_CODES[statusCode],
      code: 'bad_request',
      message: expect.stringMatching(/^The /),
    });
  });

  test.each([
    ['api', '/docs/swagger-ui-bundle.js'],
    ['page', `/${BIG}`],
  ])('are closed on the port of the %s when a download is not read for a minute', async (name, path) => {
    await start();
    const server = name === 'api' ? api.http : page.server;
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = await open(server);
    // Four of 1.5 MB, since the kernel buffers 4 MB.
    client.pause().write(request(path).repeat(4));
    const [socket] = await accepted;
    while (!socket.writableNeedDrain) await promisify(setImmediate)();
    expect(socket.timeout).toBe(60_000);
    socket.setTimeout(200);
    if (!socket.closed) await once(socket, 'close');
    client.destroy();
  });

  test('keep the time-out of an event stream when a request follows on its connection', async () => {
    await start({ HEARTBEAT_MS: '100000' });
    const accepted = once(api.http, 'connection') as Promise<[Socket]>;
    const client = await open(api.http);
    const [socket] = await accepted;
    client.write(request('/api/notifications/stream'));
    await once(client, 'data');
    const underWay = once(api.http, 'request');
    client.write(request('/health/live'));
    await underWay;
    expect(socket.timeout).toBe(250_000);
    client.destroy();
  });

  test('are cut when an answer is under way and something unreadable follows: no refusal is written into it', async () => {
    await start();
    const client = await open(api.http);
    const parts: Buffer[] = [];
    client.on('data', (part: Buffer) => parts.push(part));
    client.write(request('/api/notifications/stream'));
    await once(client, 'data');
    client.write('nonsense\r\n\r\n');
    await once(client, 'close');
    expect(
      Buffer.concat(parts)
        .toString()
        .match(/HTTP\/1\.1 \d+/g),
    ).toEqual(['HTTP/1.1 200']);
  });

  test.each(['api', 'page'])(
    'are capped on the port of the %s: an idle one is closed first, otherwise the newest is refused',
    async (name) => {
      await start({ MAX_HTTP_CONNECTIONS_PER_ADDRESS: '2' });
      const server = name === 'api' ? api.http : page.server;
      const [first, second] = [await open(server), await open(server)];
      first.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await once(first, 'data');
      const third = await open(server);
      await once(first, 'close');
      for (const busy of [second, third]) {
        const underWay = once(server, 'request');
        busy.write(
          'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{',
        );
        await underWay;
      }
      const answer = await heard(await open(server));
      expect(answer).toMatch(/^HTTP\/1\.1 429 .*Retry-After: 5.*the limit of 2 HTTP connections/s);
      second.destroy();
      third.destroy();
    },
  );

  test('over the cap are not reset while they send, and none of their requests is processed', async () => {
    await start({ MAX_HTTP_CONNECTIONS_PER_ADDRESS: '1' });
    const busy = await open(api.http);
    const underWay = once(api.http, 'request');
    busy.write(
      `${request('/api/auth/login', 'Content-Type: application/json', 'Content-Length: 90').replace('GET', 'POST')}{`,
    );
    await underWay;
    let requests = 0;
    api.http.on('request', () => (requests += 1));
    const refused = connect({ port: api.port, host: '127.0.0.1', allowHalfOpen: true });
    const errors: Error[] = [];
    refused.on('error', (error) => errors.push(error));
    refused.write(request('/api/info'));
    expect(await text(refused)).toMatch(/^HTTP\/1\.1 429 [^]*"code":"too_many_connections"/);
    for (let n = 0; n < 10; n++) await new Promise((resolve) => refused.write(request('/api/info'), resolve));
    expect([errors, requests]).toEqual([[], 0]);
    refused.destroy();
    busy.destroy();
  });

  test('are not capped for a trusted proxy, and upgraded ones do not count', async () => {
    await start({ MAX_HTTP_CONNECTIONS_PER_ADDRESS: '1', TRUSTED_PROXIES: 'loopback' });
    const sockets = [await open(api.http), await open(api.http)];
    for (const socket of sockets) {
      socket.write(request('/api/info'));
      expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
      socket.destroy();
    }
    await Promise.all([page.close(), api.close()]);
    await start({ MAX_HTTP_CONNECTIONS_PER_ADDRESS: '1' });
    for (let n = 0; n < 2; n++) {
      const socket = await open(page.server);
      socket.write(
        request(
          '/ws',
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        ),
      );
      expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 101 /);
    }
  });

  test('accept four pipelined requests', async () => {
    await start();
    const socket = await open(api.http);
    socket.write(request('/api/info').repeat(3) + request('/api/info', 'Connection: close'));
    expect((await heard(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(Array(4).fill('HTTP/1.1 200'));
  });

  test.each(['api', 'page'])(
    'are cut on the port of the %s at the fifth pipelined request, and later ones are not even parsed',
    async (name) => {
      await start();
      const server = name === 'api' ? api.http : page.server;
      let parsed = 0;
      server.on('request', () => (parsed += 1));
      const socket = await open(server);
      socket.write(request('/api/info').repeat(1200));
      await new Promise((resolve) => socket.once('close', resolve).resume());
      expect(parsed).toBe(4);
    },
  );

  describe('with bodies in flight', () => {
    let held: Socket[];

    const head = (address: string, bytes: number): string =>
      [
        'POST /api/notifications/send HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${token}`,
        `X-Forwarded-For: ${address}`,
        'Content-Type: application/json',
        `Content-Length: ${bytes}`,
        '\r\n',
      ].join('\r\n');

    async function begin(address: string): Promise<Socket> {
      const socket = await open(api.http);
      const underWay = once(api.http, 'request');
      socket.write(`${head(address, 4 * MEBIBYTE)}[`);
      await underWay;
      return socket;
    }

    async function hold(...addresses: string[]): Promise<void> {
      for (const address of addresses) for (let n = 0; n < 4; n++) held.push(await begin(address));
    }

    /** Sends a notification that fits in 4 KB, unlike its answer. @returns the answer */
    async function send(address: string): Promise<string> {
      const body = JSON.stringify({ title: 'Full', message: 'x'.repeat(3950), priority: 'low', category: 'test' });
      const socket = await open(api.http);
      socket.write(`${head(address, body.length).replace('Host', 'Connection: close\r\nHost')}${body}`);
      return heard(socket);
    }

    beforeEach(async () => {
      held = [];
      await start({ TRUSTED_PROXIES: 'loopback' });
    });

    afterEach(() => Promise.all(held.map((socket) => once(socket.destroy(), 'close'))));

    test('have at most 16 MB for one address', async () => {
      await hold('192.0.2.1:4000');
      expect(await heard(await begin('192.0.2.1:4001'))).toMatch(/^HTTP\/1\.1 429 .*Retry-After: 5/is);
    });

    test('have at most 64 MB for all addresses, and a reserve for each', async () => {
      await hold('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4');
      expect(await heard(await begin('192.0.2.5'))).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 5/is);
      expect(await send('192.0.2.5')).toMatch(/^HTTP\/1\.1 201 /);
    });

    test('leave no room for a large answer, only for small ones', async () => {
      const large = { title: 'Large', message: 'x'.repeat(4000), priority: 'low', category: 'test' };
      expect((await api.post('/api/notifications/send', Array(100).fill(large), token)).status).toBe(201);
      await hold('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4');
      const read = async (path: string): Promise<string> => {
        const socket = await open(api.http);
        socket.write(request(path, 'X-Forwarded-For: 192.0.2.5', 'Connection: close'));
        return heard(socket);
      };
      expect(await read('/api/notifications?limit=200')).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 5/is);
      expect(await read('/api/notifications?limit=20')).toMatch(/^HTTP\/1\.1 200 /);
    });

    test('never refuse a stored send when its answer exceeds the limit', async () => {
      await hold('192.0.2.1');
      expect(await send('192.0.2.1')).toBe('');
      const { body } = await api.get('/api/notifications/sent', token);
      expect(body).toMatchObject({ items: [{ title: 'Full' }] });
    });
  });
});
