import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { authInterceptor } from './auth-interceptor';
import { Session } from './session';
import { forgetSession, readStoredSession, rememberSignOut, storeSession } from './stored-session';

describe('signing out', () => {
  let session: Session;
  let http: HttpTestingController;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([authInterceptor])), provideHttpClientTesting()],
    });
    storeSession({ username: 'ada', token: 'hers', expiresAt: Date.now() + 3_600_000, isDemo: false });
    session = TestBed.inject(Session);
    http = TestBed.inject(HttpTestingController);
    await session.start();
  });

  afterEach(() => {
    http.verify();
    localStorage.clear();
    TestBed.resetTestingModule();
  });

  const signedOut = ['signed-out', null, null];
  const state = (): unknown[] => [session.state(), session.endedBecause(), readStoredSession()];

  test('has the server refuse the token, and waits for nothing', () => {
    session.signOut();
    expect(state()).toEqual(signedOut);
    const { request } = http.expectOne('/api/auth/logout');
    expect([request.method, request.headers.get('Authorization')]).toEqual(['POST', 'Bearer hers']);
    session.signOut();
  });

  test.each([
    ['offline', 0],
    ['with a token that is refused already', 401],
    ['from a server that fails', 500],
  ])('holds all the same %s', async (_, status) => {
    session.signOut();
    const request = http.expectOne('/api/auth/logout');
    if (status === 0) request.error(new ProgressEvent('error'));
    else request.flush(null, { status, statusText: 'No' });
    await Promise.resolve();
    expect(state()).toEqual(signedOut);
  });

  test('by another tab is no session that has expired, also when the server tells of it first', () => {
    forgetSession();
    rememberSignOut();
    session.expire();
    expect([...state(), session.isRevoked()]).toEqual([...signedOut, false]);
  });
});
