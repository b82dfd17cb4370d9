import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { DRAFT, useServer } from './running-server.js';

const MEGABYTE = 1024 * 1024;
const PART = ' '.repeat(64 * 1024);
const SEND = 'POST /api/notifications/send';
const CHUNKED = 'Transfer-Encoding: chunked';
const JSON_TYPE = 'Content-Type: application/json';

describe('a refusal that comes before the body has arrived', () => {
  const server = useServer();
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });

  function head(request: string, ...headers: string[]): string {
    return `${[`${request} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;
  }

  /** Sends the beginning of a request. The socket stays open for writing after the server has closed its side. */
  function begin(beginning: string): Socket {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(beginning);
    return socket;
  }

  test.each([
    ['401 without a token', 401, false, [JSON_TYPE, `Content-Length: ${3 * MEGABYTE}`]],
    ['413 for a body of 5 MB', 413, true, [JSON_TYPE, `Content-Length: ${5 * MEGABYTE}`]],
    ['415 for an unknown type', 415, true, ['Content-Type: application/xml', `Content-Length: ${MEGABYTE}`]],
  ])('does not reset the connection of a client that goes on sending: %s', async (_, status, isSignedIn, headers) => {
    const socket = begin(head(SEND, ...headers, ...(isSignedIn ? [`Authorization: Bearer ${token}`] : [])));
    const errors: Error[] = [];
    socket.on('error', (error) => errors.push(error));
    socket.write(PART);
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"statusCode":${status}`));
    for (let n = 0; n < 10; n++) await new Promise((resolve) => socket.write(PART, resolve));
    expect(errors).toEqual([]);
    socket.destroy();
  });

  test.each([
    ['401 for a send', 401, head(SEND, JSON_TYPE, CHUNKED)],
    ['415 for an unknown type', 415, head('POST /api/auth/login', 'Content-Type: text/plain', CHUNKED)],
    ['401 at the ntfy door', 401, head('POST /topic-of-ntfy', CHUNKED)],
    ['401 at the Gotify door', 401, head('POST /message', CHUNKED)],
    ['404 for an unknown path', 404, head('POST /api/nowhere', CHUNKED)],
  ])('ends the connection of a client that never stops sending: %s', async (_, status, beginning) => {
    const socket = begin(beginning);
    const answer = text(socket).catch(() => '');
    socket.on('error', () => undefined);
    while (!socket.closed) {
      // Slowly, so that the kernel's buffers never fill up.
      if (socket.writable) socket.write('1\r\n \r\n');
      await pause(20);
    }
    expect(await answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(socket.errored).toMatchObject({ code: expect.stringMatching(/^(EPIPE|ECONNRESET)$/) });
  });

  test('is the last answer of its connection: a request behind the body is not processed', async () => {
    const body = JSON.stringify({ ...DRAFT, title: 'Behind a refused body' });
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const socket = begin(head(SEND, JSON_TYPE, `Content-Length: ${MEGABYTE}`));
    socket.on('error', () => undefined);
    const [peer] = await accepted;
    const closed = once(peer, 'close');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 401 /);
    socket.write(' '.repeat(MEGABYTE));
    socket.write(
      head(SEND, JSON_TYPE, `Authorization: Bearer ${token}`, `Content-Length: ${Buffer.byteLength(body)}`) + body,
    );
    await closed;
    socket.destroy();
    const { body: page } = await server.get('/api/notifications', token);
    expect(page).toMatchObject({ items: [] });
  });

  test('leaves a kept-alive connection as it was after answers to requests without a body', async () => {
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const socket = begin(head('GET /ws'));
    const [peer] = await accepted;
    await once(socket, 'data');
    expect(Object.hasOwn(peer, 'destroySoon')).toBe(false);
    socket.write(head('GET /health/live'));
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });
});
