import { InboxKeeper } from '#app/inbox/inbox-keeper';
import { InboxStore } from '#app/inbox/inbox-store';
import { MembershipStore } from '#app/membership/membership-store';
import { ServerAddress } from '#app/platform/server-address';
import { PreferencesStore } from '#app/preferences/preferences-store';
import { Person } from '#app/session/person';
import { Session } from '#app/session/session';
import type { SignedIn } from '#app/session/stored-session';
import { createEnvironmentInjector, EnvironmentInjector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HeraldApi } from '@herald/client/api';
import { FakeSocket } from '@herald/client/testing';
import { jest } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { Connection } from './connection';

const sessionOf = (username: string, token: string): SignedIn => ({
  username,
  token,
  expiresAt: Infinity,
  isDemo: false,
});

const pending = (): Promise<never> => new Promise(() => undefined);

describe('Connection', () => {
  const realSocket = globalThis.WebSocket;
  const signedIn = signal<SignedIn | null>(sessionOf('ada', 'first'));
  const renew = jest.fn(() => Promise.resolve());
  const expire = jest.fn();
  let connected: Subscription;

  beforeEach(() => {
    FakeSocket.made = [];
    renew.mockClear();
    expire.mockReset();
    signedIn.set(sessionOf('ada', 'first'));
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    TestBed.configureTestingModule({
      providers: [
        Connection,
        Person,
        { provide: Session, useValue: { signedIn, renew, expire } },
        { provide: HeraldApi, useValue: { me: () => Promise.resolve() } },
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

  test('continues with a fresh token of the same person on the same socket', () => {
    signedIn.set(sessionOf('ada', 'second'));
    TestBed.tick();
    expect(FakeSocket.made).toHaveLength(1);
    expect(FakeSocket.made[0]?.protocols).toEqual(['herald.v1', 'bearer.first']);
    expect(FakeSocket.made[0]?.sent).toEqual([
      { event: 'hello', data: {} },
      { event: 'authenticate', data: { token: 'second' } },
    ]);
  });

  test('renews the session when the server says that the token expires', () => {
    FakeSocket.made[0]?.receive({ event: 'token_expiring', data: { expiresAt: '2026-01-31T20:00:00.000Z' } });
    expect(renew).toHaveBeenCalledTimes(1);
  });

  test('continues with the token that another tab has stored, after the server refused the old one', () => {
    expire.mockImplementation(() => signedIn.set(sessionOf('ada', 'second')));
    FakeSocket.made[0]?.onclose({ code: 4401, wasClean: true });
    TestBed.tick();
    expect(FakeSocket.made.map(({ protocols }) => protocols[1])).toEqual(['bearer.first', 'bearer.second']);
  });

  test('ends no session that another tab has renewed or replaced', () => {
    signedIn.set(sessionOf('grace', 'hers'));
    FakeSocket.made[0]?.receive({ event: 'token_expiring', data: { expiresAt: '2026-01-31T20:00:00.000Z' } });
    FakeSocket.made[0]?.onclose({ code: 4401, wasClean: true });
    expect([renew.mock.calls, expire.mock.calls]).toEqual([[], []]);
    signedIn.set(sessionOf('ada', 'second'));
    TestBed.tick();
    expect(expire).not.toHaveBeenCalled();
    expect(FakeSocket.made.map(({ protocols }) => protocols[1])).toEqual(['bearer.first', 'bearer.second']);
  });

  test('logs the error frames of the server', () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    FakeSocket.made[0]?.receive({ event: 'error', data: { code: 'malformed', message: 'ack.everyone is not valid' } });
    expect(logged.mock.calls).toEqual([['Herald: malformed: ack.everyone is not valid']]);
    logged.mockRestore();
  });

  test('sends nobody else’s token', () => {
    signedIn.set(sessionOf('grace', 'hers'));
    TestBed.tick();
    expect(FakeSocket.made).toHaveLength(1);
    expect(FakeSocket.made[0]?.sent).toEqual([{ event: 'hello', data: {} }]);
  });
});

describe('the end of a session', () => {
  test('closes the connection and stores its last positions', () => {
    const realSocket = globalThis.WebSocket;
    FakeSocket.made = [];
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    const session = createEnvironmentInjector(
      [
        Connection,
        MembershipStore,
        PreferencesStore,
        InboxStore,
        InboxKeeper,
        Person,
        { provide: Session, useValue: { signedIn: signal(sessionOf('ada', 'first')) } },
        { provide: HeraldApi, useValue: { me: pending, page: pending, preferences: pending } },
      ],
      TestBed.inject(EnvironmentInjector),
    );
    session.get(InboxKeeper);
    session.get(PreferencesStore);
    session.get(MembershipStore);
    TestBed.tick();
    expect(FakeSocket.made.map(({ readyState }) => readyState)).toEqual([1]);
    session.destroy();
    expect(FakeSocket.made.map(({ readyState }) => readyState)).toEqual([3]);
    globalThis.WebSocket = realSocket;
  });
});
