import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { prefetchInterceptor } from './prefetch-interceptor';

describe('a prefetched response', () => {
  let http: HttpClient;
  let network: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([prefetchInterceptor])), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpClient);
    network = TestBed.inject(HttpTestingController);
  });
  afterEach(() => {
    network.verify();
    globalThis.heraldPrefetch = undefined;
  });

  const prefetched = (response: Promise<Response>, at = performance.now()): void => {
    globalThis.heraldPrefetch = {
      requests: [{ method: 'POST', url: '/api/a?b=c', token: null, body: '{"d":1}', at, response }],
      madeByApp: new Set(),
      isInboxNext: Promise.resolve(false),
    };
  };
  const answered = (status: number): Promise<Response> =>
    Promise.resolve({ ok: status < 400, status, json: () => Promise.resolve('early') } as unknown as Response);
  const request = (): Promise<unknown> => firstValueFrom(http.post('/api/a', { d: 1 }, { params: { b: 'c' } }));

  it('answers an equal request, once', async () => {
    prefetched(answered(200));
    await expect(request()).resolves.toBe('early');
    const again = request();
    network.expectOne('/api/a?b=c').flush('now');
    await expect(again).resolves.toBe('now');
  });

  it('answers with a refusal, too', async () => {
    prefetched(answered(401));
    await expect(request()).rejects.toMatchObject({ status: 401, error: 'early' });
  });

  it('does not answer another request', async () => {
    prefetched(answered(200));
    const other = firstValueFrom(http.post('/api/a', { d: 2 }, { params: { b: 'c' } }));
    network.expectOne('/api/a?b=c').flush('now');
    await expect(other).resolves.toBe('now');
  });

  it.each([
    ['failed', () => prefetched(Promise.reject(new TypeError('Failed to fetch')))],
    ['is old', () => prefetched(answered(200), performance.now() - 30_000)],
  ])('is requested again if it %s', async (_, before) => {
    before();
    const result = request();
    await new Promise((resolve) => setTimeout(resolve));
    network.expectOne('/api/a?b=c').flush('now');
    await expect(result).resolves.toBe('now');
  });
});
