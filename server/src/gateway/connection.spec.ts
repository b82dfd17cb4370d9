import { jest } from '@jest/globals';
import { WebSocket } from 'ws';
import { Connection } from './connection.js';

const MEBIBYTE = 1024 * 1024;
const PRINCIPAL = { username: 'ada', expiresAt: 0 };

/** What a connection uses of a socket; a test decides how much waits in it. */
function socketOf(protocol = 'herald.v1') {
  return {
    protocol,
    readyState: WebSocket.OPEN as number,
    bufferedAmount: 0,
    send: jest.fn<(frame: Buffer, options: object) => void>(),
    close: jest.fn<(code: number, reason: string) => void>(),
  };
}

describe('Connection', () => {
  let socket: ReturnType<typeof socketOf>;
  let connection: Connection;

  const make = (protocol?: string): void => {
    socket = socketOf(protocol);
    connection = new Connection(socket as unknown as WebSocket, PRINCIPAL);
  };

  beforeEach(() => make());

  const sent = (): unknown[] => socket.send.mock.calls.map(([frame]) => JSON.parse(frame.toString()) as unknown);

  test('has an id of its own', () => {
    const { id } = connection;
    make();
    expect(connection.id).not.toBe(id);
  });

  test('speaks Herald when the sub-protocol was agreed on, and only watches otherwise', () => {
    expect(connection.speaksHerald).toBe(true);
    make('');
    expect(connection.speaksHerald).toBe(false);
  });

  test('sends frames as text, and encoded ones untouched', () => {
    const frame = Buffer.from('{"event":"x"}');
    connection.deliver(frame);
    expect(socket.send).toHaveBeenCalledWith(frame, { binary: false });
    expect(socket.send.mock.calls[0]![0]).toBe(frame);
  });

  test.each([WebSocket.CONNECTING, WebSocket.CLOSING, WebSocket.CLOSED])('sends nothing in ready state %d', (readyState) => {
    socket.readyState = readyState;
    connection.deliver(Buffer.from('{}'));
    expect(socket.send).not.toHaveBeenCalled();
  });

  test('is closed with 4508 once more than 1 MiB waits for it, and leaves its channel at once', () => {
    const detach = jest.fn();
    connection.goLive(detach);
    socket.bufferedAmount = MEBIBYTE;
    connection.deliver(Buffer.from('{}'));
    expect(socket.close).not.toHaveBeenCalled();
    socket.bufferedAmount = MEBIBYTE + 1;
    connection.deliver(Buffer.from('{}'));
    expect(socket.close).toHaveBeenCalledWith(4508, 'reads too slowly');
    expect(socket.send).toHaveBeenCalledTimes(1);
    expect(detach).toHaveBeenCalledTimes(1);
  });

  test('answers 20 faulty frames, and closes with 4400 at the next', () => {
    for (let n = 0; n < 20; n++) connection.reject('malformed', 'The frame is not JSON');
    expect(socket.close).not.toHaveBeenCalled();
    expect(sent()).toHaveLength(20);
    expect(sent()[0]).toEqual({ event: 'error', data: { code: 'malformed', message: 'The frame is not JSON' } });
    connection.reject('unknown_event', 'This event is not known here');
    expect(socket.close).toHaveBeenCalledWith(4400, 'too many faulty frames');
  });

  test('is live from the moment it has a subscription until it leaves', () => {
    expect(connection.isLive).toBe(false);
    const detach = jest.fn();
    connection.goLive(detach);
    expect(connection.isLive).toBe(true);
    connection.leave();
    connection.leave();
    expect(connection.isLive).toBe(false);
    expect(detach).toHaveBeenCalledTimes(1);
  });
});
