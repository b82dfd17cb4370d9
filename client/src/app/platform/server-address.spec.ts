import { jest } from '@jest/globals';
import { ServerAddress } from './server-address';

const ELSEWHERE = 'https://api.example';

function answer(body: unknown, ok = true): () => Promise<Response> {
  return () => Promise.resolve({ ok, status: ok ? 200 : 504, json: () => Promise.resolve(body) } as Response);
}

describe('ServerAddress', () => {
  const fetching = jest.fn<() => Promise<Response>>();

  beforeEach(() => {
    localStorage.clear();
    globalThis.fetch = fetching;
  });

  async function load(): Promise<string> {
    const address = new ServerAddress();
    await address.load();
    return address.http('/api/info');
  }

  it("is the page's origin by default", async () => {
    fetching.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await load()).toBe('/api/info');
  });

  it.each([
    ['there is no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a service worker answers for a server that is gone', answer(null, false)],
    ['a proxy answers something else', answer({ error: 'Bad Gateway' }, false)],
  ])('is the last known address when %s', async (_, failing) => {
    fetching.mockImplementation(answer({ serverUrl: ELSEWHERE }));
    await load();
    fetching.mockImplementation(failing);
    expect(await load()).toBe(`${ELSEWHERE}/api/info`);
  });

  it('is the last known address when the network neither answers nor fails', async () => {
    fetching.mockImplementation(answer({ serverUrl: ELSEWHERE }));
    await load();
    jest.useFakeTimers();
    fetching.mockReturnValue(new Promise(() => undefined));
    const loaded = load();
    await jest.advanceTimersByTimeAsync(4000);
    jest.useRealTimers();
    expect(await loaded).toBe(`${ELSEWHERE}/api/info`);
  });

  it.each([
    ['comes from the prefetched response', 0, ELSEWHERE],
    ['is requested anew if that response is older than 30 s', 30_001, 'https://now.example'],
  ])('%s', async (_, age, serverUrl) => {
    fetching.mockImplementation(answer({ serverUrl: 'https://now.example' }));
    const request = { method: 'GET', url: '/config.json', token: null, body: null, at: performance.now() - age };
    globalThis.heraldPrefetch = {
      requests: [{ ...request, response: answer({ serverUrl: ELSEWHERE })() }],
      madeByApp: new Set(),
      isInboxNext: Promise.resolve(false),
    };
    expect(await load()).toBe(`${serverUrl}/api/info`);
    globalThis.heraldPrefetch = undefined;
  });

  it('reports once that the server has moved since the last visit', async () => {
    fetching.mockImplementation(answer({ serverUrl: '' }));
    expect(await new ServerAddress().load()).toBe(false);
    fetching.mockImplementation(answer({ serverUrl: ELSEWHERE }));
    expect(await new ServerAddress().load()).toBe(true);
    expect(await new ServerAddress().load()).toBe(false);
  });

  it('comes from the response where storage is blocked, and never counts as moved', async () => {
    const blocked = jest.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied', 'SecurityError');
    });
    fetching.mockImplementation(answer({ serverUrl: ELSEWHERE }));
    expect(await load()).toBe(`${ELSEWHERE}/api/info`);
    expect(await new ServerAddress().load()).toBe(false);
    blocked.mockRestore();
  });

  it.each([
    ['', `${location.origin}/api/info`],
    [ELSEWHERE, `${ELSEWHERE}/api/info`],
  ])('for programs elsewhere is absolute: %j', async (serverUrl, url) => {
    fetching.mockImplementation(answer({ serverUrl }));
    const address = new ServerAddress();
    await address.load();
    expect(address.absolute('/api/info')).toBe(url);
  });

  it("follows a server that has moved back to the page's origin", async () => {
    localStorage.setItem('herald.server-url', ELSEWHERE);
    fetching.mockImplementation(answer({ serverUrl: '' }));
    expect(await load()).toBe('/api/info');
  });
});
