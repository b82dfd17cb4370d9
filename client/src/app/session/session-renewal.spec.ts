import { TestBed } from '@angular/core/testing';
import { FakeFetch, type FakeRequest } from '@herald/client/testing';
import { jest } from '@jest/globals';
import { provideHeraldApi } from './provide-herald-api';
import { Session } from './session';
import { SessionRenewal } from './session-renewal';
import { readStoredSession, storeSession } from './stored-session';

const REFRESH = 'POST /api/auth/refresh';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('SessionRenewal', () => {
  let session: Session;
  let network: FakeFetch;

  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 31, 8) });
    network = new FakeFetch();
    globalThis.fetch = network.fetch;
    TestBed.configureTestingModule({ providers: [provideHeraldApi()] });
    storeSession({ username: 'ada', token: 'first', expiresAt: Date.now() + 12 * HOUR, isDemo: false });
    session = TestBed.inject(Session);
    TestBed.inject(SessionRenewal);
    await session.start();
    TestBed.tick();
  });

  afterEach(() => {
    expect(network.open).toEqual([]);
    localStorage.clear();
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  async function answer(respond: (request: FakeRequest) => void): Promise<void> {
    const request = network.take(REFRESH);
    respond(request);
    await jest.advanceTimersByTimeAsync(0);
    TestBed.tick();
  }

  const renewTo = (token: string): Promise<void> =>
    answer((request) => request.answer(200, { access_token: token, token_type: 'bearer', expires_in: 12 * 3600 }));

  test('renews five minutes before the token expires, with the old token, and does so again for the next', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE - 1);
    expect(network.open).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    await answer((request) => {
      expect(request.headers['Authorization']).toBe('Bearer first');
      request.answer(200, { access_token: 'second', token_type: 'bearer', expires_in: 12 * 3600 });
    });
    expect(session.signedIn()).toEqual({
      username: 'ada',
      token: 'second',
      expiresAt: Date.now() + 12 * HOUR,
      isDemo: false,
    });
    expect(readStoredSession()?.token).toBe('second');
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    await renewTo('third');
    expect(session.signedIn()?.token).toBe('third');
  });

  test('renews within a minute after a sleep or a clock step past the renewal time', async () => {
    await jest.advanceTimersByTimeAsync(HOUR);
    jest.setSystemTime(Date.now() + 11 * HOUR - 4 * MINUTE);
    await jest.advanceTimersByTimeAsync(MINUTE);
    await renewTo('second');
    expect(session.signedIn()?.token).toBe('second');
  });

  test('retries while the server is unreachable, and ends the session only with its token', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    await answer((request) => request.fail());
    await jest.advanceTimersByTimeAsync(30_000);
    await answer((request) => request.answer(502));
    expect(session.state()).toBe('signed-in');
    await jest.advanceTimersByTimeAsync(30_000);
    await renewTo('second');
    expect(session.signedIn()?.token).toBe('second');
    await jest.advanceTimersByTimeAsync(5 * MINUTE);
    expect(session.state()).toBe('signed-in');
  });

  test('ends the session when the server refuses the token', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    await answer((request) => request.answer(401));
    expect([session.state(), session.endedBecause()]).toEqual([
      'signed-out',
      'Your session has expired. Sign in to go on.',
    ]);
    await jest.advanceTimersByTimeAsync(HOUR);
  });

  test.each([
    ['long before its time, since the account is gone', 12 * HOUR - 5 * MINUTE, true],
    ['when it has run out, by a server whose clock is a little ahead', 12 * HOUR - 10_000, false],
  ])('reports whether the server revoked the session: %s', async (_, afterMs, isRevoked) => {
    await jest.advanceTimersByTimeAsync(afterMs);
    const renewed = session.renew().catch(() => undefined);
    await jest.advanceTimersByTimeAsync(0);
    for (const request of network.open.splice(0)) request.answer(401);
    await renewed;
    expect([session.state(), session.isRevoked()]).toEqual(['signed-out', isRevoked]);
    await jest.advanceTimersByTimeAsync(HOUR);
  });

  test('keeps a person signed out who signs out during a renewal', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    session.signOut();
    await jest.advanceTimersByTimeAsync(0);
    network.take('POST /api/auth/logout').answer(204);
    await renewTo('second');
    expect(session.state()).toBe('signed-out');
    expect(readStoredSession()).toBeNull();
  });
});
