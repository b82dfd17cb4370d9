import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createPageServer } from '../src/page/page-server.js';
import { DRAFT, RunningServer } from './running-server.js';

/** Time without progress that a stopping server allows a request. A close at once takes less. */
const STOP_QUIET_MS = 2000;
/**
 * A stopping server closes every connection after this time. A faster stop proves that each was closed for its own
 * reason.
 */
const STOP_WITHIN_MS = 6000;
const BIG = 'big.bin';

describe("the page's port, when it stops,", () => {
  let root: string;
  let api: RunningServer;
  let page: Awaited<ReturnType<typeof createPageServer>>;

  /** @returns the client's socket, which ignores resets, and the server's */
  async function open(): Promise<[Socket, Socket]> {
    const accepted = once(page.server, 'connection') as Promise<[Socket]>;
    const client = connect((page.server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
    return [client, (await accepted)[0]];
  }

  /** @returns the milliseconds until the page's port is closed */
  async function stop(): Promise<number> {
    const startedAt = performance.now();
    await page.close();
    return performance.now() - startedAt;
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'herald-page-'));
    await writeFile(join(root, 'index.html'), '<!doctype html>');
    // Larger than the 4 MB that the kernel buffers.
    await writeFile(join(root, BIG), Buffer.alloc(16 * 1024 * 1024));
  });
  afterAll(() => rm(root, { recursive: true }));

  beforeEach(async () => {
    api = await RunningServer.start();
    page = await createPageServer({ root, environment: checkEnvironment({}), api: api.http });
    await page.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(async () => {
    await page.close();
    await api.close();
  });

  test.each([
    ["that has sent nothing, such as a browser's preconnect,", ''],
    ['that has sent half a header', 'GET /index.html HTTP/1.1\r\nHost: loc'],
  ])('closes a connection %s at once', async (_, sent) => {
    const [client, socket] = await open();
    client.write(sent);
    while (socket.bytesRead < sent.length) await promisify(setImmediate)();
    const closed = new Promise((resolve) => client.once('close', resolve));
    expect(await stop()).toBeLessThan(STOP_QUIET_MS);
    await closed;
  });

  test.each([
    ['the page', '/index.html'],
    ['the API', '/api/auth/login'],
  ])('closes a connection with half a body for %s', async (_, path) => {
    const [client] = await open();
    const underWay = once(page.server, 'request');
    client.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{`,
    );
    await underWay;
    const closed = new Promise((resolve) => client.resume().once('close', resolve));
    expect(await stop()).toBeLessThan(STOP_WITHIN_MS);
    await closed;
  });

  test('closes a connection with an unread download', async () => {
    const [client, socket] = await open();
    client.pause().write(`GET /${BIG} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    while (!socket.writableNeedDrain) await promisify(setImmediate)();
    expect(await stop()).toBeLessThan(STOP_WITHIN_MS);
    expect(socket.destroyed).toBe(true);
    client.destroy();
  });

  test('finishes an API request in flight, and accepts no new one', async () => {
    const body = JSON.stringify(DRAFT);
    const head = [
      'Host: localhost',
      'Content-Type: application/json',
      `Authorization: Bearer ${await api.signIn()}`,
      `Content-Length: ${body.length}`,
    ];
    const [client] = await open();
    const underWay = once(page.server, 'request');
    client.write(`POST /api/notifications/send HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    await underWay;

    const { port } = page.server.address() as AddressInfo;
    const stopped = page.close();
    while (page.server.listening) await promisify(setImmediate)();
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    client.write(body.slice(10));
    const answer = await text(client);
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toContain(DRAFT.title);
    await stopped;
  });
});
