import { takePrefetched } from '#app/platform/prefetched';
import { rememberSignOut, storeSession } from '#app/session/stored-session';
import { jest } from '@jest/globals';
import { prefetch } from './prefetch';

const INFO = '/api/info';
const LOGIN = '/api/auth/login';
const FIRST_PAGE = '/api/notifications?view=inbox&limit=50';

describe('the prefetch', () => {
  const answers = new Map<string, object>();
  const fetching = jest.fn<(url: string, options: RequestInit) => Promise<Response>>((url) => {
    const body = answers.get(url);
    const answer = (): unknown => ({
      ok: body !== undefined,
      status: 200,
      url,
      json: () => Promise.resolve(body),
      clone: answer,
    });
    return Promise.resolve(answer() as Response);
  });
  const remembered = (expiresAt: number, isDemo = false): void =>
    storeSession({ username: 'ada', token: 'a.b.c', expiresAt, isDemo });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const asked = (): string[] => fetching.mock.calls.map(([url]) => url);
  const preloaded = (): string[] =>
    [...document.querySelectorAll('link[rel=modulepreload]')].map((link) => link.getAttribute('href') ?? '');

  beforeEach(() => {
    localStorage.clear();
    history.replaceState(null, '', '/');
    fetching.mockClear();
    answers.clear();
    answers
      .set('/config.json', { serverUrl: '' })
      .set(INFO, {})
      .set(LOGIN, { access_token: 'd.e.f' })
      .set(FIRST_PAGE, { items: [] });
    globalThis.fetch = fetching as typeof fetch;
    document.head.innerHTML = '<meta name="inbox-files" content="a.js b.js">';
  });

  it('requests the inbox of a signed-in person and preloads its files', async () => {
    remembered(Date.now() + 60_000);
    await expect(prefetch().isInboxNext).resolves.toBe(true);
    await settled();
    expect(asked()).toEqual(['/config.json', FIRST_PAGE]);
    expect(fetching.mock.calls[1]?.[1].headers).toEqual({ Authorization: 'Bearer a.b.c' });
    expect(preloaded()).toEqual(['a.js', 'b.js']);
  });

  it('requests the inbox of the demo account, if there is one', async () => {
    answers.set(INFO, { demo: { username: 'admin', password: 'demo' } });
    await expect(prefetch().isInboxNext).resolves.toBe(true);
    await settled();
    expect(asked()).toEqual(['/config.json', INFO, LOGIN, FIRST_PAGE]);
    expect(fetching.mock.calls[2]?.[1].body).toBe('{"username":"admin","password":"demo"}');
    expect(fetching.mock.calls[3]?.[1].headers).toEqual({ Authorization: 'Bearer d.e.f' });
    expect(preloaded()).toEqual(['a.js', 'b.js']);
  });

  it('goes to the configured server', async () => {
    answers.set('/config.json', { serverUrl: 'https://api.example' });
    remembered(Date.now() + 60_000);
    prefetch();
    await settled();
    expect(asked()).toEqual(['/config.json', `https://api.example${FIRST_PAGE}`]);
  });

  it.each(['/archived', '/?priority=high'])('does not request the first page of the inbox at %s', async (address) => {
    history.replaceState(null, '', address);
    remembered(Date.now() + 60_000);
    await expect(prefetch().isInboxNext).resolves.toBe(true);
    await settled();
    expect(asked()).toEqual(['/config.json']);
  });

  it('does not request the inbox of a person who has to sign in', async () => {
    await expect(prefetch().isInboxNext).resolves.toBe(false);
    await settled();
    expect(asked()).toEqual(['/config.json', INFO]);
    expect(preloaded()).toEqual([]);
  });

  it.each([
    ['a person who has signed out', () => rememberSignOut()],
    ['a person whose session has expired', () => remembered(0)],
  ])('does not sign in the demo account in the place of %s', async (_, before) => {
    answers.set(INFO, { demo: { username: 'admin', password: 'demo' } });
    before();
    await expect(prefetch().isInboxNext).resolves.toBe(false);
    await settled();
    expect(asked()).toEqual(['/config.json']);
  });

  it('requests nothing more without a configuration', async () => {
    answers.delete('/config.json');
    remembered(Date.now() + 60_000);
    prefetch();
    await settled();
    expect(asked()).toEqual(['/config.json']);
  });

  it('does not repeat a request that the app has made', async () => {
    answers.set(INFO, { demo: { username: 'admin', password: 'demo' } });
    globalThis.heraldPrefetch = prefetch();
    const login = { method: 'POST', url: LOGIN, token: null, body: '{"username":"admin","password":"demo"}' };
    expect(takePrefetched(login)).toBeUndefined();
    await settled();
    expect(asked()).toEqual(['/config.json', INFO]);
    expect(takePrefetched(login)).toBeUndefined();
    expect(globalThis.heraldPrefetch.madeByApp).toBeUndefined();
    globalThis.heraldPrefetch = undefined;
  });

  it('is taken once, by an equal request', async () => {
    remembered(Date.now() + 60_000);
    globalThis.heraldPrefetch = prefetch();
    await settled();
    const request = { method: 'GET', url: FIRST_PAGE, token: 'a.b.c', body: null };
    expect(takePrefetched({ ...request, token: 'x.y.z' })).toBeUndefined();
    expect(await (await takePrefetched(request))?.json()).toEqual({ items: [] });
    expect(takePrefetched(request)).toBeUndefined();
    globalThis.heraldPrefetch = undefined;
    expect(takePrefetched(request)).toBeUndefined();
  });
});
