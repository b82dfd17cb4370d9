import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { WebSocket } from 'ws';
import { type HeraldSocket, SocketConnection } from '../gateway/socket-connection.js';
import { EventStream } from '../stream/event-stream.js';
import type { Connection } from './connection.js';

const ADA = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 };

/** A socket that only closes. */
function closingSocket(): HeraldSocket {
  const socket = {
    readyState: WebSocket.OPEN as number,
    close: () => (socket.readyState = WebSocket.CLOSING),
  };
  return socket as unknown as HeraldSocket;
}

describe('a connection whose entries cannot be read', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each<[string, () => Connection]>([
    ['WebSocket', () => new SocketConnection(closingSocket(), new PassThrough(), ADA, '192.0.2.1')],
    ['event stream', () => new EventStream(ADA, new PassThrough() as unknown as ServerResponse)],
  ])('logs its id and the cause once: %s', (_, open) => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const connection = open();
    const cause = new Error('the log is away');
    connection.fail(cause);
    connection.fail(new Error('it still is'));
    expect(connection.isOpen).toBe(false);
    expect(logged.mock.calls).toEqual([[expect.objectContaining({ cause })]]);
    expect(String(logged.mock.calls[0]?.[0])).toContain(`connection=${connection.id} user=ada`);
  });
});
