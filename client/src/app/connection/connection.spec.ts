import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { ServerAddress } from '../config/server-address';
import { Session } from '../session/session';
import { SessionApi } from '../session/session-api';
import type { SignedIn } from '../session/stored-session';
import { Connection } from './connection';

/** A browser's WebSocket as far as RxJS uses it; a test plays the server. */
class FakeSocket {
  static made: FakeSocket[] = [];
  readonly sent: unknown[] = [];
  readyState = 1;
  onopen: (event: object) => void = () => undefined;
  onmessage: (event: object) => void = () => undefined;
  onclose: (event: object) => void = () => undefined;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  receive(frame: object): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

const sessionOf = (username: string, token: string): SignedIn => ({
  username,
  token,
  expiresAt: Infinity,
  isDemo: false,
});

describe('Connection', () => {
  const realSocket = globalThis.WebSocket;
  const signedIn = signal<SignedIn | null>(sessionOf('ada', 'first'));
  const renew = jest.fn(() => Promise.resolve());
  let connected: Subscription;

  beforeEach(() => {
    FakeSocket.made = [];
    renew.mockClear();
    signedIn.set(sessionOf('ada', 'first'));
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    TestBed.configureTestingModule({
      providers: [
        { provide: Session, useValue: { signedIn, renew, expire: jest.fn() } },
        { provide: SessionApi, useValue: { me: () => Promise.resolve() } },
        { provide: ServerAddress, useValue: { webSocket: (path: string) => `ws://herald.example${path}` } },
      ],
    });
    connected = TestBed.inject(Connection).events.subscribe();
    TestBed.tick();
    FakeSocket.made[0]?.onopen({});
  });

  afterEach(() => {
    connected.unsubscribe();
    globalThis.WebSocket = realSocket;
    localStorage.clear();
  });

  test('goes on with a fresh token of the same person, without connecting anew', () => {
    signedIn.set(sessionOf('ada', 'second'));
    TestBed.tick();
    expect(FakeSocket.made).toHaveLength(1);
    expect(FakeSocket.made[0]?.protocols).toEqual(['herald.v1', 'bearer.first']);
    expect(FakeSocket.made[0]?.sent).toEqual([
      { event: 'hello', data: {} },
      { event: 'authenticate', data: { token: 'second' } },
    ]);
  });

  test('retries at once with a fresh token after the old one was refused', () => {
    FakeSocket.made[0]?.onclose({ code: 1006, wasClean: false });
    TestBed.tick();
    expect([TestBed.inject(Connection).status().state, FakeSocket.made.length]).toEqual(['waiting', 1]);
    signedIn.set(sessionOf('ada', 'second'));
    TestBed.tick();
    expect(FakeSocket.made.map(({ protocols }) => protocols[1])).toEqual(['bearer.first', 'bearer.second']);
  });

  test('renews the session when the server says that the token expires', () => {
    FakeSocket.made[0]?.receive({ event: 'token_expiring', data: { expiresAt: '2026-01-31T20:00:00.000Z' } });
    expect(renew).toHaveBeenCalledTimes(1);
  });

  test('knows when it last heard the server, be it only the answer to a heartbeat', () => {
    const connection = TestBed.inject(Connection);
    expect(connection.heardAt).toBe(0);
    jest.useFakeTimers({ now: 5000 });
    FakeSocket.made[0]?.receive({ event: 'heartbeat_ack', data: { serverTime: '2026-01-31T08:00:30.000Z' } });
    jest.setSystemTime(9000);
    expect(connection.heardAt).toBe(5000);
    jest.useRealTimers();
  });

  test('is made anew for another person, and hands no token of theirs to the one before', () => {
    signedIn.set(sessionOf('grace', 'hers'));
    TestBed.tick();
    expect(FakeSocket.made.map(({ protocols }) => protocols[1])).toEqual(['bearer.first', 'bearer.hers']);
    expect(FakeSocket.made[0]?.sent).toEqual([{ event: 'hello', data: {} }]);
    expect(FakeSocket.made[0]?.readyState).toBe(3);
  });
});
