import { type Answer, codesOf, DRAFT, useServer } from './running-server.js';

const SEND = '/api/notifications/send';
const BATCH = '/api/notifications/batch';

describe('the key of an app in the query', () => {
  const server = useServer({ SEND_KEY_IN_QUERY: 'accepted' });
  let admin: string;
  let key: string;

  beforeAll(async () => {
    admin = await server.signIn();
    ({ key } = await server.createApp(admin, { name: 'ci', audience: ['user:admin'] }));
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    server.fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test('sends one notification or a list, also with the prefix tk_, and of up to 4 MB', async () => {
    expect((await post(`${SEND}?token=${key}`, { message: 'm' })).status).toBe(201);
    expect(await server.newest(admin)).toMatchObject({ sender: 'ci', message: 'm' });
    const many = Array.from({ length: 30 }, () => ({ ...DRAFT, message: 'm'.repeat(4000) }));
    expect((await post(`${BATCH}?token=tk_${key}`, many)).status).toBe(201);
  });

  test('comes after a header', async () => {
    const { key: other } = await server.createApp(admin, { name: 'other', audience: ['user:admin'] });
    for (const [name, value] of [
      ['X-Gotify-Key', other],
      ['Authorization', `Bearer ${other}`],
    ] as const) {
      expect((await post(`${SEND}?token=${key}`, DRAFT, { [name]: value })).status).toBe(201);
      expect((await server.newest(admin)).sender).toBe('other');
    }
    expect((await post(`${SEND}?token=${key}`, DRAFT, { Authorization: 'Bearer x' })).status).toBe(401);
  });

  test('must be a key that sends: neither the token of a user, nor a ticket, nor a key that reads', async () => {
    const { ticket } = (await server.request('POST', '/api/auth/tickets', admin)).body as { ticket: string };
    for (const token of [admin, ticket, 'nonsense', `${key}&token=${key}`])
      expect(codesOf(await post(`${SEND}?token=${token}`, DRAFT))).toEqual([401, 'invalid_token']);
    const { key: reader } = await server.createApp(admin, { name: 'reader', scope: 'read' });
    expect(codesOf(await post(`${SEND}?token=${reader}`, DRAFT))).toEqual([403, 'wrong_scope']);
  });

  test('is taken by nothing else', async () => {
    for (const path of ['/api/apps', '/api/notifications/read-all', '/api/auth/tickets'])
      expect(codesOf(await post(`${path}?token=${key}`, {}))).toEqual([401, 'invalid_token']);
    expect(codesOf(await server.get(`/api/auth/me?token=${key}`))).toEqual([401, 'invalid_token']);
  });
});

describe('without SEND_KEY_IN_QUERY', () => {
  const server = useServer();

  test('a send refuses a key in the query, and says why', async () => {
    const { key } = await server.createApp(await server.signIn(), { name: 'ci', audience: ['user:admin'] });
    for (const path of [SEND, BATCH]) {
      const answer = await server.post(`${path}?token=${key}`, DRAFT);
      expect([codesOf(answer), answer.body]).toMatchObject([
        [401, 'invalid_token'],
        { message: expect.stringContaining('header') },
      ]);
    }
    expect((await server.post(`${SEND}?token=${key}`, { message: 'm' }, key)).status).toBe(201);
  });
});
