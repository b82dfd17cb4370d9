import type { Positions, WelcomeFrame } from '@herald/protocol';
import { jest } from '@jest/globals';
import { BehaviorSubject, Subject, type Subscription } from 'rxjs';
import type { ConnectionStatus } from './connection-status.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { HeraldConnection } from './herald-connection.ts';
import type { WebSocketConstructor } from './notification-socket.ts';
import type { ConnectionEvent } from './progress.ts';

const WELCOME: WelcomeFrame = {
  event: 'welcome',
  data: {
    connectionId: 'c',
    user: { username: 'ada' },
    epoch: 'first',
    resumed: false,
    heads: { everyone: { high: [0, null], medium: [0, null], low: [0, null] } },
    creditBytes: 65_536,
    ackEvery: { messages: 1, bytes: 1000 },
    heartbeatMs: 30_000,
    expiresAt: '2026-01-31T20:00:00.000Z',
    retry: { minMs: 500, maxMs: 30_000 },
  },
};

const notification = (offset: number): object => ({
  event: 'notification',
  data: { id: `id-${offset}`, priority: 'low', channel: 'everyone', offset },
});

describe('HeraldConnection', () => {
  let token$: BehaviorSubject<string>;
  let wake$: Subject<void>;
  let written: Positions[];
  let statuses: ConnectionStatus[];
  let events: ConnectionEvent[];
  let connection: HeraldConnection;
  let connected: Subscription;
  const onUnauthorized = jest.fn();
  const onTokenExpiring = jest.fn();
  const onConnectFailed = jest.fn();

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    // Every wait is the middle of its range.
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    FakeSocket.made = [];
    [token$, wake$, written, statuses, events] = [new BehaviorSubject('first'), new Subject(), [], [], []];
    connection = new HeraldConnection({
      url: 'ws://herald.example/ws',
      token$,
      positions: { read: () => null, write: (positions) => written.push(positions) },
      wake$,
      onUnauthorized,
      onTokenExpiring,
      onConnectFailed,
      webSocket: FakeSocket as unknown as WebSocketConstructor,
    });
    connection.status$.subscribe((status) => statuses.push(status));
    connected = connection.events$.subscribe((event) => events.push(event));
    socket().onopen({});
  });

  afterEach(() => {
    connected.unsubscribe();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const socket = (): FakeSocket => FakeSocket.made.at(-1)!;
  const tokens = (): (string | undefined)[] => FakeSocket.made.map(({ protocols }) => protocols[1]);
  const close = (code: number): void => socket().onclose({ code, wasClean: code !== 1006 });
  const states = (): string[] => statuses.map(({ state }) => state);

  it('continues with a fresh token without connecting again', () => {
    socket().receive(WELCOME);
    token$.next('second');
    expect(FakeSocket.made).toHaveLength(1);
    expect(socket().sent).toEqual([
      { event: 'hello', data: {} },
      { event: 'authenticate', data: { token: 'second' } },
    ]);
  });

  it('connects at once with a fresh token instead of waiting', () => {
    close(1006);
    expect(states().at(-1)).toBe('waiting');
    token$.next('second');
    expect(tokens()).toEqual(['bearer.first', 'bearer.second']);
  });

  it.each(['wake$', 'connectNow'])('connects at once on %s', (how) => {
    close(1006);
    if (how === 'wake$') wake$.next();
    else connection.connectNow();
    expect(FakeSocket.made).toHaveLength(2);
  });

  it('waits for another token after 4401', () => {
    socket().receive(WELCOME);
    close(4401);
    wake$.next();
    jest.advanceTimersByTime(3_600_000);
    expect([onUnauthorized.mock.calls.length, FakeSocket.made.length, states().at(-1)]).toEqual([1, 1, 'signed-out']);
    token$.next('second');
    expect(tokens()).toEqual(['bearer.first', 'bearer.second']);
  });

  it('continues after 4401 with the token that `onUnauthorized` brings', () => {
    onUnauthorized.mockImplementationOnce(() => token$.next('second'));
    close(4401);
    expect(tokens()).toEqual(['bearer.first', 'bearer.second']);
  });

  it.each([4403, 1009, 4400])('stops for good after %i, and says so', (code) => {
    close(code);
    wake$.next();
    jest.advanceTimersByTime(3_600_000);
    expect([FakeSocket.made.length, statuses.at(-1)]).toEqual([1, { state: 'stopped', code }]);
  });

  it('waits at least half of the longest wait after 4429', () => {
    socket().receive(WELCOME);
    close(4429);
    jest.advanceTimersByTime(22_499);
    expect(FakeSocket.made).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(FakeSocket.made).toHaveLength(2);
  });

  it('waits at most the lower bound after the first failure', () => {
    close(1006);
    jest.advanceTimersByTime(500);
    expect(FakeSocket.made).toHaveLength(2);
  });

  it('reports an attempt that failed before the welcome, and none that was live', () => {
    close(1006);
    expect(onConnectFailed).toHaveBeenCalledTimes(1);
    connection.connectNow();
    socket().onopen({});
    socket().receive(WELCOME);
    close(1006);
    expect(onConnectFailed).toHaveBeenCalledTimes(1);
  });

  it('asks for a fresh token when the server says that this one expires', () => {
    socket().receive({ event: 'token_expiring', data: { expiresAt: '2026-01-31T20:00:00.000Z' } });
    expect(onTokenExpiring).toHaveBeenCalledTimes(1);
  });

  it('emits an error frame of the server', () => {
    socket().receive({ event: 'error', data: { code: 'malformed', message: 'The frame is not JSON' } });
    expect(events).toEqual([{ kind: 'error', code: 'malformed', message: 'The frame is not JSON' }]);
  });

  it('reports a hole, and resumes from the last position', () => {
    socket().receive(WELCOME);
    socket().receive(notification(1));
    socket().receive(notification(3));
    expect(events.at(-1)).toEqual({ kind: 'error', code: 'hole', message: 'everyone low 3' });
    connection.connectNow();
    socket().onopen({});
    expect(socket().sent).toEqual([{ event: 'hello', data: { positions: written.at(-1) } }]);
  });

  it('acknowledges and stores the position of an entry after its subscribers have handled it', () => {
    const before: number[] = [];
    socket().receive(WELCOME);
    const [sent, stored] = [socket().sent.length, written.length];
    const second = connection.events$.subscribe(() =>
      before.push(socket().sent.length - sent, written.length - stored),
    );
    socket().receive(notification(1));
    expect(before).toEqual([0, 0]);
    expect(socket().sent.at(-1)).toEqual({ event: 'ack', data: { everyone: { low: 1 } } });
    expect(written.at(-1)?.channels['everyone']?.low).toEqual([1, 'id-1']);
    second.unsubscribe();
  });

  it('knows the time of the last frame, including answers to heartbeats', () => {
    expect(connection.heardAt).toBe(0);
    jest.setSystemTime(5000);
    socket().receive({ event: 'heartbeat_ack', data: { serverTime: '2026-01-31T08:00:30.000Z' } });
    jest.setSystemTime(9000);
    expect(connection.heardAt).toBe(5000);
  });
});
