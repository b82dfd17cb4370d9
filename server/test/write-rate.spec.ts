import { jest } from '@jest/globals';
import { type Answer, useFreshServer } from './running-server.js';

interface OpenApi {
  paths: Record<string, Record<string, { security?: unknown[]; responses: Record<string, unknown> }>>;
}

/** Excludes sign-in and sends, which have their own limits, and sign-out, which is never refused. */
const EXCEPT = [
  'post /api/auth/login',
  'post /api/notifications/send',
  'post /api/notifications/batch',
  'post /api/auth/logout',
];

describe('the rate of changes', () => {
  const server = useFreshServer({ WRITES_PER_SECOND_PER_USER: '1' });
  let admin: string;

  beforeEach(async () => {
    admin = await server.signIn();
    for (const name of ['ada', 'bob']) await server.createUser(name);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const readAll = (token: string): Promise<Answer> => server.request('POST', '/api/notifications/read-all', token);

  /** @returns the first refusal */
  async function useUp(token: string): Promise<Answer> {
    for (let n = 0; n < 400; n++) {
      const answer = await readAll(token);
      if (answer.status !== 200) return answer;
    }
    throw new Error('never refused');
  }

  test('allows each user a burst of 300, then answers 429 with Retry-After, and exempts administrators', async () => {
    const ada = await server.signIn('ada');
    for (let n = 0; n < 299; n++) expect((await readAll(ada)).status).toBe(200);
    const refused = await useUp(ada);
    expect([refused.status, refused.body]).toEqual([
      429,
      {
        statusCode: 429,
        error: 'Too Many Requests',
        code: 'too_many_changes',
        params: { perSecond: 1, atOnce: 300, seconds: 1 },
        message: 'You can make 1 changes a second, in bursts of up to 300. Try again in 1 s',
      },
    ]);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await server.get('/api/notifications', ada)).status).toBe(200);
    expect((await readAll(await server.signIn('bob'))).status).toBe(200);
    for (let n = 0; n < 400; n++) expect((await readAll(admin)).status).toBe(200);
  });

  test('counts all changing requests, even refused ones', async () => {
    const ada = await server.signIn('ada');
    const { paths } = (await server.get('/docs-json')).body as OpenApi;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const changes = operations.filter((operation) => !operation.startsWith('get ') && !EXCEPT.includes(operation));
    expect(changes.length).toBeGreaterThan(12);
    for (let n = 0; n < 250; n++) await server.request('PUT', '/api/preferences', ada, { sound: 'loud' });
    // Stops the clock, since a passing second would allow one more change.
    jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    await useUp(ada);
    for (const change of changes) {
      const [method = '', path = ''] = change.split(' ');
      const { status, headers } = await server.request(method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'), ada, {});
      expect([change, status, headers.get('retry-after') !== null]).toEqual([change, 429, true]);
      expect(paths[path]?.[method]?.responses).toHaveProperty('429');
    }
    expect((await server.request('POST', '/api/auth/logout', ada)).status).toBe(204);
  });
});
