import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { authInterceptor } from './auth-interceptor';
import { Session } from './session';
import { SessionRenewal } from './session-renewal';
import { readStoredSession, storeSession } from './stored-session';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('SessionRenewal', () => {
  let session: Session;
  let http: HttpTestingController;

  beforeEach(async () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 31, 8) });
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([authInterceptor])), provideHttpClientTesting()],
    });
    storeSession({ username: 'ada', token: 'first', expiresAt: Date.now() + 12 * HOUR, isDemo: false });
    session = TestBed.inject(Session);
    http = TestBed.inject(HttpTestingController);
    TestBed.inject(SessionRenewal);
    await session.start();
    TestBed.tick();
  });

  afterEach(() => {
    http.verify();
    localStorage.clear();
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  async function answer(respond: (request: ReturnType<HttpTestingController['expectOne']>) => void): Promise<void> {
    const request = http.expectOne('/api/auth/refresh');
    respond(request);
    await jest.advanceTimersByTimeAsync(0);
    TestBed.tick();
  }

  const renewTo = (token: string): Promise<void> =>
    answer((request) => request.flush({ access_token: token, token_type: 'bearer', expires_in: 12 * 3600 }));

  test('renews five minutes before the token expires, with the old token, and does so again for the next', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE - 1);
    http.expectNone('/api/auth/refresh');
    await jest.advanceTimersByTimeAsync(1);
    await answer((request) => {
      expect(request.request.headers.get('Authorization')).toBe('Bearer first');
      request.flush({ access_token: 'second', token_type: 'bearer', expires_in: 12 * 3600 });
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
    await answer((request) => request.error(new ProgressEvent('error')));
    await jest.advanceTimersByTimeAsync(30_000);
    await answer((request) => request.flush(null, { status: 502, statusText: 'Bad Gateway' }));
    expect(session.state()).toBe('signed-in');
    await jest.advanceTimersByTimeAsync(30_000);
    await renewTo('second');
    expect(session.signedIn()?.token).toBe('second');
    await jest.advanceTimersByTimeAsync(5 * MINUTE);
    expect(session.state()).toBe('signed-in');
  });

  test('ends the session when the server refuses the token', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    await answer((request) => request.flush(null, { status: 401, statusText: 'Unauthorized' }));
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
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    const request = http.expectOne('/api/auth/refresh');
    await jest.advanceTimersByTimeAsync(afterMs - (12 * HOUR - 5 * MINUTE));
    request.flush(null, { status: 401, statusText: 'Unauthorized' });
    await jest.advanceTimersByTimeAsync(0);
    expect([session.state(), session.isRevoked()]).toEqual(['signed-out', isRevoked]);
    await jest.advanceTimersByTimeAsync(HOUR);
  });

  test('keeps a person signed out who signs out during a renewal', async () => {
    await jest.advanceTimersByTimeAsync(12 * HOUR - 5 * MINUTE);
    session.signOut();
    http.expectOne('/api/auth/logout').flush(null);
    await renewTo('second');
    expect(session.state()).toBe('signed-out');
    expect(readStoredSession()).toBeNull();
  });
});
