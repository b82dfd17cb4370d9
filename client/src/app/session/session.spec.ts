import { TestBed } from '@angular/core/testing';
import { HeraldApi } from '@herald/client/api';
import { FakeFetch } from '@herald/client/testing';
import { jest } from '@jest/globals';
import { provideHeraldApi } from './provide-herald-api';
import { Session, type SessionState } from './session';
import { forgetSession, readStoredSession, rememberSignOut, storeSession } from './stored-session';

function playServer(): FakeFetch {
  const network = new FakeFetch();
  globalThis.fetch = network.fetch;
  return network;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('signing out', () => {
  let session: Session;
  let network: FakeFetch;

  beforeEach(async () => {
    TestBed.configureTestingModule({ providers: [provideHeraldApi()] });
    storeSession({ username: 'ada', token: 'hers', expiresAt: Date.now() + 3_600_000, isDemo: false });
    session = TestBed.inject(Session);
    network = playServer();
    await session.start();
  });

  afterEach(() => {
    expect(network.open).toEqual([]);
    localStorage.clear();
    TestBed.resetTestingModule();
  });

  const signedOut = ['signed-out', null, null];
  const state = (): unknown[] => [session.state(), session.endedBecause(), readStoredSession()];

  test('revokes the token without waiting for the answer', async () => {
    session.signOut();
    expect(state()).toEqual(signedOut);
    await settled();
    expect(network.take('POST /api/auth/logout').headers).toEqual({ Authorization: 'Bearer hers' });
    session.signOut();
    await settled();
  });

  test.each([
    ['offline', 0],
    ['with a token that is refused already', 401],
    ['from a server that fails', 500],
  ])('succeeds %s', async (_, status) => {
    session.signOut();
    await settled();
    const request = network.take('POST /api/auth/logout');
    if (status === 0) request.fail();
    else request.answer(status);
    await settled();
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
    TestBed.configureTestingModule({ providers: [provideHeraldApi()] });
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
  let network: FakeFetch;

  async function open(isDemo: boolean): Promise<Session> {
    TestBed.configureTestingModule({ providers: [provideHeraldApi()] });
    storeSession({ username: 'ada', token: 'old', expiresAt: Date.now() + 3_600_000, isDemo });
    const session = TestBed.inject(Session);
    network = playServer();
    await session.start();
    return session;
  }

  async function refuse(): Promise<void> {
    const refused = TestBed.inject(HeraldApi)
      .me()
      .catch(() => undefined);
    await settled();
    network.take('GET /api/auth/me').answer(401, FORGOTTEN);
    await refused;
    await settled();
  }

  async function answer(line: string, body: object): Promise<void> {
    network.take(line).answer(200, body);
    await settled();
  }

  afterEach(() => {
    expect(network.open).toEqual([]);
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
    await answer('GET /api/info', { demo: { username: 'ada', password: 'p' } });
    await answer('POST /api/auth/login', { access_token: 'new', expires_in: 60 });
    expect([session.state(), session.signedIn()?.token, readStoredSession()?.token]).toEqual([
      'signed-in',
      'new',
      'new',
    ]);
  });

  it('does not sign the demo in twice when the next token is revoked at once', async () => {
    const session = await open(true);
    await refuse();
    await answer('GET /api/info', { demo: { username: 'ada', password: 'p' } });
    await answer('POST /api/auth/login', { access_token: 'new', expires_in: 60 });
    await refuse();
    expect([session.state(), session.signedIn()]).toEqual(['signed-out', null]);
  });

  it('opens the sign-in page when the demo account no longer exists', async () => {
    const session = await open(true);
    await refuse();
    await answer('GET /api/info', {});
    expect([session.state(), session.isRevoked()]).toEqual(['signed-out', false]);
  });

  it('does not sign the demo in after the person has signed out meanwhile', async () => {
    const session = await open(true);
    await refuse();
    session.signOut();
    await settled();
    network.take('POST /api/auth/logout').answer(204);
    await answer('GET /api/info', { demo: { username: 'ada', password: 'p' } });
    expect([session.state(), session.endedBecause()]).toEqual(['signed-out', null]);
  });
});

describe('the start with the demo account', () => {
  let network: FakeFetch;
  let session: Session;

  beforeEach(async () => {
    jest.useFakeTimers();
    TestBed.configureTestingModule({ providers: [provideHeraldApi()] });
    network = playServer();
    session = TestBed.inject(Session);
    void session.start();
    await askForDemo();
  });

  afterEach(() => {
    expect(network.open).toEqual([]);
    localStorage.clear();
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  const settled = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  async function askForDemo(): Promise<void> {
    await settled();
    network.take('GET /api/info').answer(200, { demo: { username: 'ada', password: 'p' } });
    await settled();
  }

  it.each([
    ['does not answer', 0, null],
    ['fails', 502, null],
    ['is busy', 503, { code: 'sign_ins_busy', params: { seconds: 1 } }],
    ['had too many sign-ins', 429, { code: 'too_many_sign_ins', params: { seconds: 1 } }],
  ])('is retried if the server %s', async (_, status, body) => {
    const request = network.take('POST /api/auth/login');
    if (status === 0) request.fail();
    else request.answer(status, body);
    await refused('unreachable');
    await settled(3000);
    await askForDemo();
    network.take('POST /api/auth/login').answer(200, { access_token: 'new', expires_in: 60 });
    await settled();
    expect(session.state()).toBe('signed-in');
  });

  it('ends signed out if the server refuses the account', async () => {
    network.take('POST /api/auth/login').answer(401, { code: 'bad_credentials', message: 'No' });
    await refused('signed-out');
  });

  /** The words of a refusal are loaded on demand, which takes turns of the event loop and no time of the clock. */
  async function refused(state: SessionState): Promise<void> {
    while (session.state() === 'starting') await settled();
    expect(session.state()).toBe(state);
  }
});
