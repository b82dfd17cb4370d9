import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { RunningServer } from './running-server.js';

const MEGABYTE = 1024 * 1024;
const PART = ' '.repeat(64 * 1024);

describe('a refusal before the body has arrived', () => {
  let server: RunningServer;
  let token: string;

  beforeAll(async () => {
    server = await RunningServer.start();
    token = await server.signIn();
  });

  afterAll(() => server.close());

  /** Sends the start of a body. The socket stays open for writing after the server has closed its side. */
  function begin(...headers: string[]): Socket {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    const lines = ['POST /api/notifications/send HTTP/1.1', 'Host: localhost', 'Content-Type: application/json'];
    socket.write(`${[...lines, ...headers].join('\r\n')}\r\n\r\n`);
    return socket;
  }

  test.each([
    ['401 without a token', 401, false, `Content-Length: ${3 * MEGABYTE}`],
    ['413 for a body of 5 MB', 413, true, `Content-Length: ${5 * MEGABYTE}`],
  ])('does not reset the connection of a client that is still sending: %s', async (_, status, isSignedIn, length) => {
    const socket = begin(length, ...(isSignedIn ? [`Authorization: Bearer ${token}`] : []));
    const errors: Error[] = [];
    socket.on('error', (error) => errors.push(error));
    socket.write(PART);
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"statusCode":${status}`));
    for (let n = 0; n < 10; n++) await new Promise((resolve) => socket.write(PART, resolve));
    expect(errors).toEqual([]);
    socket.destroy();
  });

  test('ends the connection of a client that never stops sending', async () => {
    const socket = begin('Transfer-Encoding: chunked');
    socket.on('error', () => undefined).resume();
    while (!socket.closed) {
      if (socket.writable) socket.write('1\r\n \r\n');
      await pause(20);
    }
    expect(socket.errored).toMatchObject({ code: expect.stringMatching(/^(EPIPE|ECONNRESET)$/) });
  });
});
