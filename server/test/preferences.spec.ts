import { DEFAULT_PREFERENCES, type Preferences } from '@herald/protocol';
import { FrameSocket } from './frame-socket.js';
import { type Answer, useFreshServer } from './running-server.js';

const PATH = '/api/preferences';

const CHOSEN: Preferences = {
  categories: { builds: 'muted', deploy: 'inbox' },
  minToast: 'medium',
  minSound: 'high',
  sound: true,
  desktop: true,
  quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
  filters: [{ name: 'Failed builds', url: '/?category=builds&priority=high' }],
};

describe('preferences over HTTP', () => {
  const server = useFreshServer({ FRONTEND_URL: 'https://page.example' });
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  function put(preferences: unknown): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    return server.fetch(PATH, { method: 'PUT', headers, body: JSON.stringify(preferences) });
  }

  test('are the defaults, marked as untouched, until the first change', async () => {
    const { status, body } = await server.get(PATH, token);
    expect([status, body]).toEqual([200, { ...DEFAULT_PREFERENCES, untouched: true }]);
    expect((await put(body)).body).toEqual(DEFAULT_PREFERENCES);
    expect((await server.get(PATH, token)).body).toEqual(DEFAULT_PREFERENCES);
  });

  test('are kept for the next sign-in', async () => {
    const { status, body } = await put(CHOSEN);
    expect([status, body]).toEqual([200, CHOSEN]);
    expect((await server.get(PATH, await server.signIn())).body).toEqual(CHOSEN);
  });

  test('are refused with field and reason, and stay unchanged', async () => {
    await put(CHOSEN);
    const { status, body } = await put({
      ...CHOSEN,
      quietHours: { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' },
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      code: 'invalid_request',
      message: 'The request is not valid',
      details: [
        {
          field: 'quietHours.timeZone',
          code: 'not_a_time_zone',
          reason: 'timeZone must be the name of a time zone, such as Europe/Berlin',
        },
      ],
    });
    expect((await server.get(PATH, token)).body).toEqual(CHOSEN);
  });

  test("reach the person's other pages as an entry, and nobody else", async () => {
    await server.createUser('ada');
    const [mine, hers] = [
      await FrameSocket.live(server, token),
      await FrameSocket.live(server, await server.signIn('ada')),
    ];
    await Promise.all([mine, hers].map((client) => client.next('live')));
    await put(CHOSEN);
    const { data } = await mine.next('preferences');
    expect(data).toEqual({
      id: expect.any(String),
      channel: 'user:admin',
      lane: 'medium',
      offset: 1,
      preferences: CHOSEN,
    });
    await server.send(token, { title: 'Witness that she would hear' });
    expect((await hers.next('notification')).data.title).toBe('Witness that she would hear');
  });

  test.each(['toString', 'valueOf', 'hasOwnProperty'])('can mute a category named %s', async (category) => {
    await server.send(token, { category });
    const categories = { [category]: 'muted' };
    const { status, body } = await put({ ...CHOSEN, categories });
    expect([status, body]).toEqual([200, { ...CHOSEN, categories }]);
    expect((await server.get('/api/notifications', token)).body).toMatchObject({
      muted: [category],
      items: [{ category, read: true }],
    });
  });

  test.each(['constructor', 'prototype'])(
    'refuse a category named %s instead of losing it in silence',
    async (category) => {
      const { status, body } = await put({ ...CHOSEN, categories: { builds: 'muted', [category]: 'muted' } });
      const reason = `${category} is a name that no field can have`;
      expect([status, body]).toMatchObject([400, { details: [{ field: `categories.${category}`, reason }] }]);
    },
  );

  test('keep the saved filters when a change has none, and the rest when filters are saved', async () => {
    await put(CHOSEN);
    const { filters, ...attentiveness } = { ...CHOSEN, sound: false };
    expect((await put(attentiveness)).body).toEqual({ ...attentiveness, filters });
    const saved = [...filters, { name: 'Mine', url: '/archived?q=mine' }];
    const { status, body } = await server.request('PUT', `${PATH}/filters`, token, { filters: saved });
    expect([status, body]).toEqual([200, { ...attentiveness, filters: saved }]);
    expect((await server.get(PATH, token)).body).toEqual(body);
  });

  test("announce a saved filter to the person's other pages within a second", async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    const startedAt = performance.now();
    await server.request('PUT', `${PATH}/filters`, token, { filters: CHOSEN.filters });
    expect((await client.next('preferences')).data.preferences.filters).toEqual(CHOSEN.filters);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  test('are at most as large as a request, in whatever order the parts are saved', async () => {
    const long = (n: number): string => `${n}`.padEnd(50, '世');
    const categories = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [long(n), 'inbox']));
    const filters = Array.from({ length: 20 }, (_, n) => ({ name: `${n}`, url: `/?q=${'\u0001'.repeat(300)}` }));
    const { filters: none, ...attentiveness } = { ...CHOSEN, filters: [] };
    expect((await put({ ...attentiveness, categories })).status).toBe(200);
    const { status, body } = await server.request('PUT', `${PATH}/filters`, token, { filters });
    expect([status, body]).toEqual([
      409,
      {
        statusCode: 409,
        error: 'Conflict',
        code: 'preferences_too_large',
        params: { kilobytes: 64 },
        message: 'Preferences and saved filters can have at most 64 KB together. Remove some first',
      },
    ]);
    const kept = await server.get(PATH, token);
    expect(kept.body).toEqual({ ...attentiveness, categories, filters: none });
    expect((await put({ ...attentiveness, filters })).status).toBe(200);
    expect((await put({ ...attentiveness, categories })).status).toBe(409);
    expect((await put((await server.get(PATH, token)).body)).status).toBe(200);
  });

  test('refuse a filter with its index and the reason', async () => {
    const { status, body } = await server.request('PUT', `${PATH}/filters`, token, {
      filters: [{ name: 'Away', url: '//evil.example' }],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      details: [{ field: 'filters.0.url', reason: 'url must be a path of the page, such as /?unread=true' }],
    });
  });

  test('need a token', async () => {
    expect((await server.get(PATH)).status).toBe(401);
    expect((await server.fetch(PATH, { method: 'PUT' })).status).toBe(401);
  });

  test('may be changed by a page from an origin of FRONTEND_URL', async () => {
    const headers = { Origin: 'https://page.example', 'Access-Control-Request-Method': 'PUT' };
    const { headers: allowed } = await server.fetch(PATH, { method: 'OPTIONS', headers });
    expect(allowed.get('access-control-allow-methods')).toContain('PUT');
  });

  test('are described at /docs with an example that works', async () => {
    const { schemas } = ((await server.get('/docs-json')).body as { components: { schemas: Schemas } }).components;
    const { status, body } = await put(exampleOf(schemas, 'Preferences'));
    expect([status, body]).toEqual([200, exampleOf(schemas, 'Preferences')]);
  });
});

type Schemas = Record<string, { properties: Record<string, { example?: unknown; allOf?: { $ref: string }[] }> }>;

/** The example that Swagger UI fills in, built from those of the properties. */
function exampleOf(schemas: Schemas, name: string): object {
  const properties = Object.entries(schemas[name]!.properties);
  return Object.fromEntries(
    properties.map(([property, { example, allOf }]) => {
      const reference = allOf?.[0]?.$ref.split('/').at(-1);
      return [property, reference === undefined ? example : exampleOf(schemas, reference)];
    }),
  );
}
