import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, useFreshServer } from './running-server.js';

/** Time without progress that a stopping server allows a request. A close at once takes less. */
const STOP_QUIET_MS = 2000;

describe('a stopping server', () => {
  const server = useFreshServer();
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  test('sends bye with a reconnect delay to all, and closes with 4503', async () => {
    const live = await FrameSocket.live(server, token);
    await live.next('live');
    const plain = await FrameSocket.plain(server, token);
    await plain.next('welcome');
    await plain.next('live');
    const silent = await FrameSocket.open(server, token);
    const stopped = server.close();
    for (const client of [live, plain, silent]) {
      expect((await client.next('bye')).data).toEqual({
        reason: 'The server is stopping',
        retry: { minMs: 500, maxMs: 30_000 },
      });
      expect(await client.closed).toEqual({ code: 4503, reason: 'the server is stopping' });
    }
    await stopped;
  });

  test('sends stored entries before bye', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    const sent = await Promise.all([1, 2, 3].map(() => server.send(token)));
    const stopped = server.close();
    const received = [
      await client.next('notification'),
      await client.next('notification'),
      await client.next('notification'),
    ];
    expect(received.map(({ data }) => data.id).sort()).toEqual(sent.map(({ id }) => id).sort());
    await client.next('bye');
    await stopped;
  });

  test('finishes the request in flight, and accepts no new one', async () => {
    const body = JSON.stringify(DRAFT);
    const socket = connect(server.port, '127.0.0.1');
    const head = [
      'Host: localhost',
      'Content-Type: application/json',
      `Authorization: Bearer ${token}`,
      `Content-Length: ${body.length}`,
    ];
    const underWay = once(server.http, 'request');
    socket.write(`POST /api/notifications/send HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    await underWay;

    const { port } = server;
    const stopped = server.close();
    while (server.http.listening) await promisify(setImmediate)();
    const refused = connect(port, '127.0.0.1');
    await expect(once(refused, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    socket.write(body.slice(10));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toContain(DRAFT.title);
    await stopped;
  });

  test.each([
    ['that has sent nothing', ''],
    ['that has sent half a header', 'GET /health/live HTTP/1.1\r\nHost: loc'],
  ])('closes a connection %s at once', async (_, sent) => {
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const idle = connect(server.port, '127.0.0.1');
    idle.on('error', () => undefined);
    const [socket] = await accepted;
    if (sent !== '') {
      idle.write(sent);
      while (socket.bytesRead < sent.length) await promisify(setImmediate)();
    }
    const closed = once(idle, 'close');
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(STOP_QUIET_MS);
    await closed;
  });

  test('closes a connection with half a body when no more arrives', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const underWay = once(server.http, 'request');
    socket.write(
      'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{',
    );
    await underWay;
    await Promise.all([server.close(), once(socket, 'close')]);
  });

  test('closes a connection with an unread answer', async () => {
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const client = connect(server.port, '127.0.0.1');
    const [socket] = await accepted;
    client.on('error', () => undefined).pause();
    // 1.5 MB each, in total more than the 4 MB that the kernel buffers. A connection pipelines no more requests.
    client.write('GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(4));
    while (!socket.writableNeedDrain) await promisify(setImmediate)();
    await server.close();
    expect(socket.destroyed).toBe(true);
    client.destroy();
  });

  test('refuses a request that follows an unread answer, in the shape of all refusals', async () => {
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const client = connect(server.port, '127.0.0.1');
    const [socket] = await accepted;
    const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    client.pause().write(request('/docs/swagger-ui-bundle.js').repeat(3));
    while (!socket.writableNeedDrain) await promisify(setImmediate)();

    const stopped = server.close();
    while (server.http.listening) await promisify(setImmediate)();
    const late = once(server.http, 'request');
    client.write(request('/health/live'));
    await late;

    const received = await text(client);
    const answer = received.slice(received.lastIndexOf('HTTP/1.1 '));
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toMatch(/\r\nretry-after: 5\r\n/i);
    expect(JSON.parse(answer.slice(answer.lastIndexOf('\r\n\r\n')))).toEqual({
      statusCode: 503,
      error: 'Service Unavailable',
      code: 'stopping',
      message: 'The server is stopping',
      params: { seconds: 5 },
    });
    await stopped;
  });

  test('does not wait for an idle keep-alive connection', async () => {
    const idle = connect(server.port, '127.0.0.1');
    idle.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(idle, 'data');
    const cut = once(idle, 'close');
    await server.close();
    await cut;
  });
});
