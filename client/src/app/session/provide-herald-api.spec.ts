import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HeraldApi } from '@herald/client/api';
import { FakeFetch, responseOf } from '@herald/client/testing';
import { provideHeraldApi } from './provide-herald-api';
import { Person } from './person';
import { Session } from './session';
import { storeSession } from './stored-session';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a request of the page', () => {
  let network: FakeFetch;
  let api: HeraldApi;
  let session: Session;

  beforeEach(async () => {
    network = new FakeFetch();
    globalThis.fetch = network.fetch;
    enter('first');
    TestBed.configureTestingModule({ providers: [provideHeraldApi()] });
    api = TestBed.inject(HeraldApi);
    session = TestBed.inject(Session);
    await session.start();
  });

  afterEach(() => {
    expect(network.open).toEqual([]);
    globalThis.heraldPrefetch = undefined;
    localStorage.clear();
  });

  function enter(token: string, username = 'ada'): void {
    storeSession({ username, token, expiresAt: Date.now() + 3_600_000, isDemo: false });
  }

  function prefetched(response: Promise<Response>, at = performance.now()): void {
    globalThis.heraldPrefetch = {
      requests: [{ method: 'GET', url: '/api/recipients?q=a', token: 'first', body: null, at, response }],
      madeByApp: new Set(),
      isInboxNext: Promise.resolve(false),
    };
  }

  it('has the token, unless it needs none', async () => {
    const [me, info] = [api.me(), api.info()];
    await settled();
    const taken = [network.take('GET /api/auth/me'), network.take('GET /api/info')];
    expect(taken.map(({ headers }) => headers)).toEqual([{ Authorization: 'Bearer first' }, {}]);
    for (const request of taken) request.answer(200, {});
    await Promise.all([me, info]);
  });

  it('ends the session if its token is refused', async () => {
    const refused = expect(api.me()).rejects.toMatchObject({ status: 401 });
    await settled();
    network.take('GET /api/auth/me').answer(401);
    await refused;
    expect(session.state()).toBe('signed-out');
  });

  it('does not end the session if an older token is refused', async () => {
    const refused = expect(api.me()).rejects.toMatchObject({ status: 401 });
    await settled();
    enter('second');
    window.dispatchEvent(new StorageEvent('storage', { key: 'herald.session' }));
    network.take('GET /api/auth/me').answer(401);
    await refused;
    expect([session.state(), session.signedIn()?.token]).toEqual(['signed-in', 'second']);
  });

  it('fails once its injector is destroyed, and so does one that waits for its answer', async () => {
    const person = createEnvironmentInjector([provideHeraldApi()], TestBed.inject(EnvironmentInjector));
    const personal = person.get(HeraldApi);
    const waiting = expect(personal.me()).rejects.toMatchObject({ status: 0 });
    await settled();
    expect(network.open).toHaveLength(1);
    person.destroy();
    await waiting;
    await expect(personal.saveFilters([])).rejects.toMatchObject({ status: 0 });
    expect(network.open).toEqual([]);
  });

  it('fails once another tab has signed in somebody else, and so does one that waits for its answer', async () => {
    const person = createEnvironmentInjector([Person, provideHeraldApi()], TestBed.inject(EnvironmentInjector));
    const personal = person.get(HeraldApi);
    const waiting = expect(personal.me()).rejects.toMatchObject({ status: 0 });
    await settled();
    enter('hers', 'grace');
    window.dispatchEvent(new StorageEvent('storage', { key: 'herald.session' }));
    network.take('GET /api/auth/me').answer(200, {});
    await waiting;
    await expect(personal.saveFilters([])).rejects.toMatchObject({ status: 0 });
    expect([network.open, session.signedIn()?.username]).toEqual([[], 'grace']);
    person.destroy();
  });

  it('is answered by an equal one that was prefetched, once', async () => {
    prefetched(Promise.resolve(responseOf(200, 'early')));
    await expect(api.recipients('a')).resolves.toBe('early');
    const again = api.recipients('a');
    await settled();
    network.take('GET /api/recipients?q=a').answer(200, 'now');
    await expect(again).resolves.toBe('now');
  });

  it('is refused by a prefetched refusal', async () => {
    prefetched(Promise.resolve(responseOf(401)));
    await expect(api.recipients('a')).rejects.toMatchObject({ status: 401 });
    expect(session.state()).toBe('signed-out');
  });

  it.each([
    ['is for something else', 'b', () => prefetched(Promise.resolve(responseOf(200, 'early')))],
    ['failed', 'a', () => prefetched(Promise.reject(new TypeError('Failed to fetch')))],
    ['is old', 'a', () => prefetched(Promise.resolve(responseOf(200, 'early')), performance.now() - 30_000)],
  ])('goes to the server if the prefetched one %s', async (_, part, before) => {
    before();
    const asked = api.recipients(part);
    await settled();
    network.take(`GET /api/recipients?q=${part}`).answer(200, 'now');
    await expect(asked).resolves.toBe('now');
  });
});
