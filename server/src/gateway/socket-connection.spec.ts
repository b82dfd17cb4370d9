import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { FrameError } from './frame-error.js';
import { type HeraldSocket, SocketConnection } from './socket-connection.js';

const KIBIBYTE = 1024;
const PRINCIPAL = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 };

const NOT_JSON = new FrameError('malformed', 'The frame is not JSON');

/** The part of a socket that a connection uses. */
function socketOf(protocol = 'herald.v1') {
  return {
    protocol,
    readyState: WebSocket.OPEN as number,
    send: jest.fn<(frame: string) => void>(),
    close: jest.fn<(code: number, reason: string) => void>(),
  };
}

/** The part of a stream that a connection uses; it records the calls. */
function streamOf() {
  const calls: unknown[] = [];
  return {
    calls,
    writableLength: 0,
    cork: () => calls.push('cork'),
    uncork: () => calls.push('uncork'),
    write: (frame: Buffer) => calls.push(frame),
  };
}

describe('SocketConnection', () => {
  let socket: ReturnType<typeof socketOf>;
  let stream: ReturnType<typeof streamOf>;
  let connection: SocketConnection;

  const make = (protocol?: string): void => {
    socket = socketOf(protocol);
    stream = streamOf();
    connection = new SocketConnection(
      socket as unknown as HeraldSocket,
      stream as unknown as Duplex,
      PRINCIPAL,
      '192.0.2.1',
    );
  };

  beforeEach(() => make());
  afterEach(() => jest.restoreAllMocks());

  const sent = (): unknown[] => socket.send.mock.calls.map(([frame]) => JSON.parse(frame) as unknown);

  test('has a unique id', () => {
    const { id } = connection;
    make();
    expect(connection.id).not.toBe(id);
  });

  test('speaks herald.v1 when it was negotiated, and is that of a plain client otherwise', () => {
    expect(connection.speaksHerald).toBe(true);
    make('');
    expect(connection.speaksHerald).toBe(false);
  });

  test('closes with 4508 when a client acknowledges with more than 256 KiB unread', () => {
    stream.writableLength = 256 * KIBIBYTE;
    connection.write([Buffer.from('a')]);
    expect(socket.close).not.toHaveBeenCalled();
    stream.writableLength += 1;
    connection.write([Buffer.from('a')]);
    expect(socket.close).toHaveBeenCalledWith(4508, 'acknowledges but does not read');
  });

  test('writes encoded frames to the stream unchanged, several in one batch', () => {
    const frames = [Buffer.from('a'), Buffer.from('b')];
    connection.write(frames);
    expect(stream.calls).toEqual(['cork', frames[0], frames[1], 'uncork']);
    connection.write([Buffer.from('c')]);
    expect(stream.calls.slice(4)).toEqual([Buffer.from('c')]);
  });

  test('accepts one more frame for every 128 bytes written, and closes with 4429 over the limit', () => {
    for (let n = 0; n < 2000; n++) {
      connection.write([Buffer.alloc(128)]);
      expect(connection.hear(connection.openedAt, 80)).toBe(true);
    }
    for (let n = 0; n < 999; n++) connection.hear(connection.openedAt, 80);
    expect(socket.close).not.toHaveBeenCalled();
    expect(connection.hear(connection.openedAt, 80)).toBe(false);
    expect(socket.close).toHaveBeenCalledWith(4429, 'too many frames');
  });

  test.each([WebSocket.CONNECTING, WebSocket.CLOSING, WebSocket.CLOSED])(
    'writes and sends nothing in ready state %d',
    (readyState) => {
      socket.readyState = readyState;
      connection.write([Buffer.from('a')]);
      connection.reject(NOT_JSON);
      expect(stream.calls).toEqual([]);
      expect(socket.send).not.toHaveBeenCalled();
    },
  );

  test('closes with 4508 when more than 256 KiB of answers are unread', () => {
    stream.writableLength = 256 * KIBIBYTE;
    connection.reject(NOT_JSON);
    expect(socket.close).not.toHaveBeenCalled();
    stream.writableLength += 1;
    connection.reject(NOT_JSON);
    expect(socket.close).toHaveBeenCalledWith(4508, 'sends but does not read');
    expect(socket.send).toHaveBeenCalledTimes(1);
  });

  test('closes with 1011 when missed entries can not be read, so that the client reconnects', () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    connection.fail(new Error('the log is away'));
    expect(socket.close).toHaveBeenCalledWith(1011, expect.any(String));
  });

  test('answers 20 faulty frames, and closes with 4400 at the next', () => {
    for (let n = 0; n < 20; n++) connection.reject(NOT_JSON);
    expect(socket.close).not.toHaveBeenCalled();
    expect(sent()).toHaveLength(20);
    expect(sent()[0]).toEqual({ event: 'error', data: { code: 'malformed', message: 'The frame is not JSON' } });
    connection.reject(new FrameError('unknown_event', 'This event is not known here'));
    expect(socket.close).toHaveBeenCalledWith(4400, 'too many faulty frames');
  });
});
