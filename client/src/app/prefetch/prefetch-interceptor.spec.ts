import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { aheadInterceptor } from './prefetch-interceptor';

describe('the answers to what was asked for ahead', () => {
  let http: HttpClient;
  let network: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([aheadInterceptor])), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpClient);
    network = TestBed.inject(HttpTestingController);
  });
  afterEach(() => {
    network.verify();
    globalThis.heraldAhead = undefined;
  });

  const askedFor = (answer: Promise<Response>, at = performance.now()): void => {
    globalThis.heraldAhead = {
      asked: [{ method: 'POST', url: '/api/a?b=c', token: null, body: '{"d":1}', at, answer }],
      overtaken: new Set(),
      isInboxNext: Promise.resolve(false),
    };
  };
  const answered = (status: number): Promise<Response> =>
    Promise.resolve({ ok: status < 400, status, json: () => Promise.resolve('ahead') } as unknown as Response);
  const request = (): Promise<unknown> => firstValueFrom(http.post('/api/a', { d: 1 }, { params: { b: 'c' } }));

  it('are given to who asks for the same, once', async () => {
    askedFor(answered(200));
    await expect(request()).resolves.toBe('ahead');
    const again = request();
    network.expectOne('/api/a?b=c').flush('now');
    await expect(again).resolves.toBe('now');
  });

  it('are given as what they are where one is a refusal', async () => {
    askedFor(answered(401));
    await expect(request()).rejects.toMatchObject({ status: 401, error: 'ahead' });
  });

  it('are not given to who asks for another', async () => {
    askedFor(answered(200));
    const other = firstValueFrom(http.post('/api/a', { d: 2 }, { params: { b: 'c' } }));
    network.expectOne('/api/a?b=c').flush('now');
    await expect(other).resolves.toBe('now');
  });

  it.each([
    ['never came', () => askedFor(Promise.reject(new TypeError('Failed to fetch')))],
    ['is of long ago', () => askedFor(answered(200), performance.now() - 30_000)],
  ])('are asked for again where one %s', async (_, before) => {
    before();
    const result = request();
    await new Promise((resolve) => setTimeout(resolve));
    network.expectOne('/api/a?b=c').flush('now');
    await expect(result).resolves.toBe('now');
  });
});
