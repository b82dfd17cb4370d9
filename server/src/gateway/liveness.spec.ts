import { jest } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { LastSeen } from '../auth/last-seen.js';
import { TokenService } from '../auth/token.service.js';
import { AppKeys } from '../auth/app-keys.js';
import { VerifiedTokens } from '../auth/verified-tokens.js';
import { checkEnvironment } from '../config/read-environment.js';
import { Connections } from '../connections/connections.js';
import { Sweep } from '../connections/sweep.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { type HeraldSocket, SocketConnection } from './socket-connection.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

function socketOf(protocol: string) {
  return {
    protocol,
    readyState: WebSocket.OPEN as number,
    bufferedAmount: 0,
    close: jest.fn<(code: number, reason: string) => void>(),
    send: jest.fn<(frame: string) => void>(),
    ping: jest.fn(),
  };
}

describe('the sweep over WebSockets', () => {
  let connections: Connections;
  let sweep: Sweep;

  beforeEach(() => {
    jest.useFakeTimers();
    connections = new Connections();
    const environment = checkEnvironment({ HEARTBEAT_MS: '30000', TOKEN_TTL_SECONDS: '3600' });
    const store = new InMemoryStore(10);
    const tokens = new TokenService(new JwtService({}), store, environment, new VerifiedTokens(), new AppKeys(store));
    sweep = new Sweep(connections, environment, tokens, new LastSeen(store.users));
    sweep.onApplicationBootstrap();
  });

  afterEach(() => {
    sweep.onModuleDestroy();
    jest.useRealTimers();
  });

  function connect(
    protocol: string,
    lifetimeMs = HOUR,
  ): { socket: ReturnType<typeof socketOf>; connection: SocketConnection } {
    const socket = socketOf(protocol);
    const principal = {
      username: 'ada',
      sessionId: '',
      generation: 0,
      signedInAt: 0,
      expiresAt: Date.now() + lifetimeMs,
    };
    const stream = { writableLength: 0 } as Duplex;
    const connection = new SocketConnection(socket as unknown as HeraldSocket, stream, principal, '192.0.2.1');
    connections.add(connection);
    return { socket, connection };
  }

  function connectLive(lifetimeMs?: number): ReturnType<typeof connect> {
    const connected = connect('herald.v1', lifetimeMs);
    connected.connection.isGreeted = true;
    return connected;
  }

  /** Lets time pass with a sign of life from the client every ten seconds. */
  function passAlive(connection: SocketConnection, durationMs: number): void {
    for (let passed = 0; passed < durationMs; passed += 10 * SECOND) {
      connection.lastSeenAt = performance.now();
      jest.advanceTimersByTime(10 * SECOND);
    }
  }

  test("closes with 4401 within a second of the token's expiry, and not before", () => {
    const { socket, connection } = connectLive(60 * SECOND);
    passAlive(connection, 50 * SECOND);
    jest.advanceTimersByTime(9 * SECOND);
    expect(socket.close).not.toHaveBeenCalled();
    jest.advanceTimersByTime(SECOND);
    expect(socket.close).toHaveBeenCalledWith(4401, 'the token has expired');
  });

  test('warns a client once, five minutes before its token expires', () => {
    const { socket, connection } = connectLive(HOUR);
    const expiresAt = new Date(connection.principal.expiresAt).toISOString();
    passAlive(connection, HOUR - 310 * SECOND);
    expect(socket.send).not.toHaveBeenCalled();
    passAlive(connection, 60 * SECOND);
    expect(socket.send.mock.calls).toEqual([[JSON.stringify({ event: 'token_expiring', data: { expiresAt } })]]);
  });

  test('warns and closes by the new expiry after a client renews its token', () => {
    const { socket, connection } = connectLive(60 * SECOND);
    passAlive(connection, 30 * SECOND);
    connection.renew({ username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: Date.now() + HOUR });
    passAlive(connection, HOUR - 310 * SECOND);
    expect(socket.send).toHaveBeenCalledTimes(1);
    expect(socket.close).not.toHaveBeenCalled();
    passAlive(connection, 20 * SECOND);
    expect(socket.send).toHaveBeenCalledTimes(2);
    passAlive(connection, 300 * SECOND);
    expect(socket.close).toHaveBeenCalledWith(4401, 'the token has expired');
  });

  test('closes with 4400 when a herald.v1 client says no hello within five seconds', () => {
    const { socket } = connect('herald.v1');
    jest.advanceTimersByTime(5 * SECOND);
    expect(socket.close).not.toHaveBeenCalled();
    jest.advanceTimersByTime(SECOND);
    expect(socket.close).toHaveBeenCalledWith(4400, 'no hello within 5 s');
  });

  test('keeps a plain client, and a client that has said hello', () => {
    const plain = connect('');
    plain.connection.isGreeted = true;
    const client = connectLive();
    jest.advanceTimersByTime(20 * SECOND);
    expect(plain.socket.close).not.toHaveBeenCalled();
    expect(client.socket.close).not.toHaveBeenCalled();
  });

  test.each(['', 'herald.v1'])(
    'pings after one silent heartbeat, and closes with 4408 after two and a half (protocol %j)',
    (protocol) => {
      const { socket, connection } = connect(protocol);
      connection.isGreeted = true;
      jest.advanceTimersByTime(29 * SECOND);
      expect(socket.ping).not.toHaveBeenCalled();
      jest.advanceTimersByTime(SECOND);
      expect(socket.ping).toHaveBeenCalledTimes(1);
      jest.advanceTimersByTime(45 * SECOND);
      expect(socket.ping).toHaveBeenCalledTimes(2);
      expect(socket.close).not.toHaveBeenCalled();
      jest.advanceTimersByTime(SECOND);
      expect(socket.close).toHaveBeenCalledWith(4408, 'no sign of life');
    },
  );

  test('neither pings nor closes a connection with signs of life', () => {
    const { socket, connection } = connectLive();
    passAlive(connection, 600 * SECOND);
    expect(socket.ping).not.toHaveBeenCalled();
    expect(socket.close).not.toHaveBeenCalled();
  });

  test('keeps a silent plain client that answers pings', () => {
    const { socket, connection } = connect('');
    connection.isGreeted = true;
    socket.ping.mockImplementation(() => (connection.lastSeenAt = performance.now()));
    jest.advanceTimersByTime(600 * SECOND);
    expect(socket.ping).toHaveBeenCalledTimes(20);
    expect(socket.close).not.toHaveBeenCalled();
  });

  test.each([75 * SECOND, -HOUR])('closes no connection when the wall clock steps by %i ms', (stepMs) => {
    const { socket, connection } = connectLive(2 * HOUR);
    passAlive(connection, 20 * SECOND);
    jest.setSystemTime(Date.now() + stepMs);
    passAlive(connection, 100 * SECOND);
    expect(socket.close).not.toHaveBeenCalled();
  });

  test('closes a silent client on time after the wall clock is set back', () => {
    const { socket } = connectLive();
    jest.setSystemTime(Date.now() - HOUR);
    jest.advanceTimersByTime(76 * SECOND);
    expect(socket.close).toHaveBeenCalledWith(4408, 'no sign of life');
  });

  test('closes a client within a second when a step of the wall clock expires its token', () => {
    const { socket } = connectLive(HOUR);
    jest.setSystemTime(Date.now() + HOUR);
    jest.advanceTimersByTime(SECOND);
    expect(socket.close).toHaveBeenCalledWith(4401, 'the token has expired');
  });

  test('does not count the time of a process pause against clients', () => {
    const [silent, fresh] = [connectLive(), connect('herald.v1')];
    jest.advanceTimersByTime(2 * SECOND);
    const ran = performance.now.bind(performance);
    const stopped = jest.spyOn(performance, 'now').mockImplementation(() => ran() + HOUR);
    jest.advanceTimersByTime(3 * SECOND);
    expect([silent.socket.close.mock.calls, fresh.socket.close.mock.calls]).toEqual([[], []]);
    jest.advanceTimersByTime(SECOND);
    expect(fresh.socket.close).toHaveBeenCalledWith(4400, 'no hello within 5 s');
    jest.advanceTimersByTime(70 * SECOND);
    expect(silent.socket.close).toHaveBeenCalledWith(4408, 'no sign of life');
    stopped.mockRestore();
  });

  test('uses one timer for any number of connections, and none once it is destroyed', () => {
    for (let n = 0; n < 100; n++) connect('');
    expect(jest.getTimerCount()).toBe(1);
    sweep.onModuleDestroy();
    expect(jest.getTimerCount()).toBe(0);
  });
});
