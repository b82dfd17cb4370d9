import { jest } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TokenService } from '../src/auth/token.service.js';
import { LINGER_MS } from '../src/http/refusal/socket-refusal.js';
import { useFreshServer } from './running-server.js';

const PART = Buffer.alloc(64 * 1024);

describe('a refused upgrade', () => {
  const server = useFreshServer();
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  function handshake(credentials: string): string {
    const head = [
      'GET /ws HTTP/1.1',
      `Host: ${server.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Authorization: Bearer ${credentials}`,
    ];
    return `${head.join('\r\n')}\r\n\r\n`;
  }

  /** The socket stays open for writing after the server has closed its side. */
  function send(request: string): Socket {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(request);
    return socket;
  }

  test('answers with 503 when the server began to stop while the token was checked', async () => {
    const tokens = server.app.get(TokenService, { strict: false });
    const verify = tokens.verify.bind(tokens);
    const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>();
    const checking = new Promise<void>((resolve) => {
      jest.spyOn(tokens, 'verify').mockImplementation(async (presented) => {
        const principal = await verify(presented);
        resolve();
        await stopped;
        return principal;
      });
    });
    const socket = send(handshake(token));
    await checking;
    const closed = server.close();
    while (server.http.listening) await nextTurn();
    stop(undefined);
    const [head, body = ''] = (await text(socket)).split('\r\n\r\n');
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 503 [^]*\r\nRetry-After: \d+(\r\n|$)/);
    expect(head).toContain('\r\nContent-Type: application/json; charset=utf-8\r\n');
    expect(JSON.parse(body)).toMatchObject({ statusCode: 503, error: 'Service Unavailable', code: 'stopping' });
    await closed;
  });

  test('does not reset the connection of a client that goes on sending', async () => {
    const socket = send(handshake('nonsense'));
    const errors: Error[] = [];
    socket.on('error', (error) => errors.push(error));
    socket.write(PART);
    expect((await text(socket)).split('\r\n\r\n')[1]).toContain('"code":"invalid_token"');
    for (let n = 0; n < 10; n++) await new Promise((resolve) => socket.write(PART, resolve));
    expect(errors).toEqual([]);
    socket.destroy();
  });

  test('ends the connection of a client that never closes its side', async () => {
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const socket = send(handshake('nonsense'));
    const [peer] = await accepted;
    const closed = once(peer, 'close');
    await text(socket);
    const [end] = timers.mock.calls.find(([, ms]) => ms === LINGER_MS)!;
    expect(peer.destroyed).toBe(false);
    end();
    await closed;
    socket.destroy();
  });
});
