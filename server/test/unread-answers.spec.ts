import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DRAFT, RunningServer } from './running-server.js';

const MAX_BYTES_PER_ADDRESS = 16 * 1024 * 1024;
const FLOOD = '192.0.2.1';
const OTHER = '192.0.2.2';
const INBOX = '/api/notifications?limit=200';
/** 1.5 MB. It is streamed from the disk, so it does not count; three exceed the 4 MB that the kernel buffers. */
const FILE = '/docs/swagger-ui-bundle.js';

describe('answers that nobody reads', () => {
  let server: RunningServer;
  let token: string;
  let clients: Socket[];

  const request = (path: string, address: string, ...lines: string[]): string =>
    [
      `GET ${path} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${token}`,
      `X-Forwarded-For: ${address}`,
      ...lines,
      '\r\n',
    ].join('\r\n');

  function open(sent: string): Socket {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined).write(sent);
    clients.push(socket);
    return socket;
  }

  const read = (path: string, address: string): Promise<string> =>
    text(open(request(path, address, 'Connection: close')));

  /** Leaves an inbox unread behind files that fill the kernel's buffers, so that the server keeps all of it. */
  async function leaveUnread(address: string): Promise<ServerResponse> {
    const answers: ServerResponse[] = [];
    const note = (_: IncomingMessage, answer: ServerResponse): unknown => answers.push(answer);
    server.http.on('request', note);
    open(request(FILE, address).repeat(3) + request(INBOX, address)).pause();
    while (answers[3]?.writableEnded !== true) await promisify(setImmediate)();
    server.http.off('request', note);
    return answers[3];
  }

  beforeEach(async () => {
    clients = [];
    server = await RunningServer.start({ TRUSTED_PROXIES: 'loopback' });
    token = await server.signIn();
    const large = { ...DRAFT, message: '€'.repeat(4000) };
    const { status } = await server.post(
      '/api/notifications/send',
      Array.from({ length: 100 }, () => large),
      token,
    );
    expect(status).toBe(201);
  });

  afterEach(async () => {
    for (const client of clients) client.destroy();
    await server.close();
  });

  test('have at most 16 MB for one address, until their connections close', async () => {
    const bytes = Number(/content-length: (\d+)/i.exec(await read(INBOX, FLOOD))?.[1]);
    const held: ServerResponse[] = [];
    while ((held.length + 1) * bytes <= MAX_BYTES_PER_ADDRESS) held.push(await leaveUnread(FLOOD));
    expect(held.filter(({ statusCode, writableFinished }) => statusCode !== 200 || writableFinished)).toEqual([]);

    expect(await read(INBOX, FLOOD)).toMatch(/^HTTP\/1\.1 429 .*Retry-After: 5/is);
    expect(await read('/health/live', FLOOD)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await read(INBOX, OTHER)).toMatch(/^HTTP\/1\.1 200 /);

    const closed = held.map(({ req }) => new Promise((resolve) => req.socket.once('close', resolve)));
    for (const client of clients) client.destroy();
    await Promise.all(closed);
    expect(await read(INBOX, FLOOD)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
