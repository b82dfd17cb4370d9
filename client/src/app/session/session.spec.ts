import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { authInterceptor } from './auth-interceptor';
import { Session, type SessionState } from './session';
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

  test('revokes the token without waiting for the answer', () => {
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
  ])('succeeds %s', async (_, status) => {
    session.signOut();
    const request = http.expectOne('/api/auth/logout');
    if (status === 0) request.error(new ProgressEvent('error'));
    else request.flush(null, { status, statusText: 'No' });
    await Promise.resolve();
    expect(state()).toEqual(signedOut);
  });

  test('in another tab does not count as an expired session, even if the server reports it first', () => {
    forgetSession();
    rememberSignOut();
    session.expire();
    expect([...state(), session.isRevoked()]).toEqual([...signedOut, false]);
  });
});

describe('a tab that slept while another one renewed the session', () => {
  let session: Session;

  beforeEach(async () => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    storeSession({ username: 'ada', token: 'old', expiresAt: Date.now() + 60_000, isDemo: false });
    session = TestBed.inject(Session);
    await session.start();
  });

  afterEach(() => {
    localStorage.clear();
    TestBed.resetTestingModule();
  });

  it('continues with the renewed session when the server refuses its old token', () => {
    // A frozen page misses the storage event.
    storeSession({ username: 'ada', token: 'renewed', expiresAt: Date.now() + 3_600_000, isDemo: false });
    session.expire();
    expect([session.state(), session.signedIn()?.token, readStoredSession()?.token]).toEqual([
      'signed-in',
      'renewed',
      'renewed',
    ]);
  });

  it('ends the session of all tabs when the renewed one has expired as well', () => {
    storeSession({ username: 'ada', token: 'renewed', expiresAt: Date.now() - 1, isDemo: false });
    session.expire();
    expect([session.state(), readStoredSession()?.expiresAt]).toEqual(['signed-out', 0]);
  });
});

const FORGOTTEN = { code: 'sign_in_forgotten' };

describe('a restart that revokes all tokens', () => {
  let http: HttpTestingController;

  async function open(isDemo: boolean): Promise<Session> {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([authInterceptor])), provideHttpClientTesting()],
    });
    storeSession({ username: 'ada', token: 'old', expiresAt: Date.now() + 3_600_000, isDemo });
    const session = TestBed.inject(Session);
    http = TestBed.inject(HttpTestingController);
    await session.start();
    return session;
  }

  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  async function refuse(): Promise<void> {
    const asked = TestBed.inject(HttpClient)
      .get('/api/auth/me')
      .subscribe({ error: () => undefined });
    http.expectOne('/api/auth/me').flush(FORGOTTEN, { status: 401, statusText: 'Unauthorized' });
    await settled();
    asked.unsubscribe();
  }

  async function answer(url: string, body: object): Promise<void> {
    http.expectOne(url).flush(body);
    await settled();
  }

  afterEach(() => {
    http.verify();
    localStorage.clear();
    TestBed.resetTestingModule();
  });

  it('asks the person to sign in again, explains why, and keeps the data in the browser', async () => {
    const session = await open(false);
    await refuse();
    expect([session.state(), session.isRevoked()]).toEqual(['signed-out', false]);
    expect(session.endedBecause()).toContain('The server was restarted');
  });

  it('signs the demo in again without leaving the page, once for all refused requests', async () => {
    const session = await open(true);
    await refuse();
    await refuse();
    expect(session.state()).toBe('signed-in');
    await answer('/api/info', { demo: { username: 'ada', password: 'p' } });
    await answer('/api/auth/login', { access_token: 'new', expires_in: 60 });
    expect([session.state(), session.signedIn()?.token, readStoredSession()?.token]).toEqual([
      'signed-in',
      'new',
      'new',
    ]);
  });

  it('does not sign the demo in twice when the next token is revoked at once', async () => {
    const session = await open(true);
    await refuse();
    await answer('/api/info', { demo: { username: 'ada', password: 'p' } });
    await answer('/api/auth/login', { access_token: 'new', expires_in: 60 });
    await refuse();
    expect([session.state(), session.signedIn()]).toEqual(['signed-out', null]);
  });

  it('opens the sign-in page when the demo account no longer exists', async () => {
    const session = await open(true);
    await refuse();
    await answer('/api/info', {});
    expect([session.state(), session.isRevoked()]).toEqual(['signed-out', false]);
  });

  it('does not sign the demo in after the person has signed out meanwhile', async () => {
    const session = await open(true);
    await refuse();
    session.signOut();
    http.expectOne('/api/auth/logout').flush(null);
    await answer('/api/info', { demo: { username: 'ada', password: 'p' } });
    expect([session.state(), session.endedBecause()]).toEqual(['signed-out', null]);
  });
});

describe('the start with the demo account', () => {
  let http: HttpTestingController;
  let session: Session;

  beforeEach(async () => {
    jest.useFakeTimers();
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    http = TestBed.inject(HttpTestingController);
    session = TestBed.inject(Session);
    void session.start();
    await askForDemo();
  });

  afterEach(() => {
    http.verify();
    localStorage.clear();
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  const settled = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  async function askForDemo(): Promise<void> {
    http.expectOne('/api/info').flush({ demo: { username: 'ada', password: 'p' } });
    await settled();
  }

  it.each([
    ['does not answer', 0, null],
    ['fails', 502, null],
    ['is busy', 503, { code: 'sign_ins_busy', params: { seconds: 1 } }],
    ['had too many sign-ins', 429, { code: 'too_many_sign_ins', params: { seconds: 1 } }],
  ])('is retried if the server %s', async (_, status, body) => {
    const request = http.expectOne('/api/auth/login');
    if (status === 0) request.error(new ProgressEvent('error'));
    else request.flush(body, { status, statusText: 'No' });
    await refused('unreachable');
    await settled(3000);
    await askForDemo();
    http.expectOne('/api/auth/login').flush({ access_token: 'new', expires_in: 60 });
    await settled();
    expect(session.state()).toBe('signed-in');
  });

  it('ends signed out if the server refuses the account', async () => {
    http
      .expectOne('/api/auth/login')
      .flush({ code: 'invalid_credentials', message: 'No' }, { status: 401, statusText: 'No' });
    await refused('signed-out');
  });

  /** The words of a refusal are loaded on demand, which takes turns of the event loop and no time of the clock. */
  async function refused(state: SessionState): Promise<void> {
    while (session.state() === 'starting') await settled();
    expect(session.state()).toBe(state);
  }
});
