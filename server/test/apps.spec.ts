import type { App, AppPage, AppWithKey } from '@herald/protocol';
import { type Answer, codesOf, useFreshServer } from './running-server.js';

describe('apps', () => {
  const server = useFreshServer();
  let admin: string;
  let ada: string;

  beforeEach(async () => {
    admin = await server.signIn();
    for (const name of ['ada', 'bob']) await server.createUser(name);
    ada = await server.signIn('ada');
    await server.request('PUT', '/api/auth/me/topics/builds', ada);
  });

  const CI = { name: 'ci', audience: ['topic:builds'] };

  const create = (token: string, fields: object = {}): Promise<Answer> =>
    server.post('/api/apps', { ...CI, ...fields }, token);

  const created = (token: string, fields: object = {}): Promise<AppWithKey> =>
    server.createApp(token, { ...CI, ...fields });

  async function list(token: string, query = ''): Promise<AppPage> {
    return (await server.get(`/api/apps${query}`, token)).body as AppPage;
  }

  test('are created with a key that no other answer has', async () => {
    const { key, ...app } = await created(ada, { category: 'build', defaultPriority: 'low', tags: [':hammer:'] });
    expect(key).toMatch(/^A[A-Za-z0-9._-]{14}$/);
    expect(app).toEqual({
      id: 1,
      name: 'ci',
      owner: 'ada',
      scope: 'send',
      audience: ['topic:builds'],
      category: 'build',
      defaultPriority: 'low',
      tags: ['hammer'],
      createdAt: expect.any(String),
    });
    expect(await list(ada)).toEqual({ items: [app], nextCursor: null });
    expect((await server.get('/api/apps/1', ada)).body).toEqual(app);
  });

  test('are listed for their owner and for administrators, a page at a time', async () => {
    await created(ada);
    await created(admin, { name: 'backup', audience: ['everyone'] });
    await created(ada, { name: 'deploys' });
    const names = ({ items }: AppPage): string[] => items.map(({ name }) => name);
    expect(names(await list(ada))).toEqual(['ci', 'deploys']);
    const first = await list(admin, '?limit=2');
    expect(names(first)).toEqual(['ci', 'backup']);
    expect(names(await list(admin, `?limit=2&after=${first.nextCursor}`))).toEqual(['deploys']);
    expect(names(await list(await server.signIn('bob')))).toEqual([]);
  });

  test('are unknown to users who are neither their owner nor an administrator', async () => {
    await created(ada);
    const bob = await server.signIn('bob');
    for (const [method, path, body] of [
      ['GET', '/api/apps/1', undefined],
      ['PATCH', '/api/apps/1', { category: 'x' }],
      ['POST', '/api/apps/1/rotate', undefined],
      ['DELETE', '/api/apps/1', undefined],
      ['GET', '/api/apps/2', undefined],
      ['GET', '/api/apps/one', undefined],
    ] as const) {
      const answer = await server.request(method, path, bob, body);
      expect([path, ...codesOf(answer)]).toEqual([path, 404, 'unknown_app']);
    }
    expect((await server.get('/api/apps/1', admin)).status).toBe(200);
  });

  test.each([
    [['everyone'], 'everyone_refused'],
    [['role:ops'], 'role_refused'],
    [['topic:deploys'], 'topic_refused'],
    [['user:bob'], 'user_refused'],
  ])('of a user have no audience %s', async (audience, reason) => {
    expect(codesOf(await create(ada, { audience }))).toEqual([403, 'audience_refused', reason]);
    await created(ada, { audience: ['user:ada', 'topic:builds'] });
    const change = await server.request('PATCH', '/api/apps/1', admin, { audience });
    expect(codesOf(change)).toEqual([403, 'audience_refused', reason]);
  });

  test('of an administrator have any audience of known users', async () => {
    await created(admin, { audience: ['everyone', 'role:ops', 'topic:deploys', 'user:bob'] });
    const unknown = await create(admin, { name: 'other', audience: ['user:nobody'] });
    expect(codesOf(unknown)).toEqual([400, 'unknown_recipient', 'unknown_user']);
  });

  test('are at most 10 for a user who is no administrator', async () => {
    for (let n = 1; n <= 10; n++) await created(ada, { name: `ci-${n}` });
    const eleventh = await create(ada);
    expect([eleventh.status, eleventh.body]).toEqual([
      409,
      expect.objectContaining({ code: 'too_many_apps', params: { max: 10 } }),
    ]);
    for (let n = 1; n <= 11; n++) await created(admin, { name: `admins-${n}` });
  });

  test('of a user have at most 100 names, with those of removed apps', async () => {
    for (let n = 1; n <= 100; n++) {
      const { id } = await created(ada, { name: `ci-${n}` });
      expect((await server.request('DELETE', `/api/apps/${id}`, ada)).status).toBe(204);
    }
    const refused = await create(ada);
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ code: 'too_many_app_names', params: { max: 100 } }),
    ]);
  });

  test('share one namespace with users', async () => {
    await created(ada);
    for (const name of ['ci', 'bob']) expect((await create(ada, { name })).status).toBe(409);
    const user = { username: 'ci', password: 'a long pass phrase', roles: [] };
    expect((await server.post('/api/users', user, admin)).status).toBe(409);
    expect((await server.request('DELETE', '/api/apps/1', ada)).status).toBe(204);
    expect(codesOf(await create(ada))).toEqual([409, 'username_taken', 'username_taken']);
  });

  test('have a secret that no answer has', async () => {
    const app = await created(ada, { secret: 'a long secret' });
    const { body: changed } = await server.request('PATCH', '/api/apps/1', ada, { secret: 'another secret' });
    const { body: found } = await server.get('/api/apps/1', ada);
    const { body: page } = await server.get('/api/apps', ada);
    for (const answer of [app, changed, found, (page as AppPage).items[0]]) {
      expect(answer).toMatchObject({ hasSecret: true });
      expect(JSON.stringify(answer)).not.toMatch(/long|another/);
    }
    const { body: without } = await server.request('PATCH', '/api/apps/1', ada, { secret: null });
    expect(without).not.toHaveProperty('hasSecret');
  });

  test('change and lose fields', async () => {
    await created(ada, { category: 'build', defaultPriority: 'low', tags: ['hammer'], markdown: true });
    const change = async (fields: object): Promise<App> =>
      (await server.request('PATCH', '/api/apps/1', ada, fields)).body as App;
    expect(await change({ category: 'release', audience: ['user:ada'] })).toMatchObject({
      category: 'release',
      audience: ['user:ada'],
      markdown: true,
    });
    const none = { category: null, defaultPriority: null, tags: [], markdown: false, expiresAt: null };
    const createdAt = expect.any(String) as string;
    expect(await change(none)).toEqual({
      id: 1,
      name: 'ci',
      owner: 'ada',
      scope: 'send',
      audience: ['user:ada'],
      createdAt,
    });
  });

  test.each([
    [{ name: 'two words' }, 'not_a_name'],
    [{ audience: [] }, 'no_audience'],
    [{ audience: undefined }, 'required'],
    [{ category: 'two words' }, 'not_a_word'],
    [{ defaultPriority: 'urgent' }, 'not_one_of'],
    [{ secret: 'short' }, 'too_short'],
    [{ secret: 'x'.repeat(201) }, 'too_long'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'not_ahead'],
    [{ key: 'Achosen' }, 'unknown_field'],
    [{ scope: 'both' }, 'not_one_of'],
    [{ scope: 'read' }, 'excluded'],
  ])('are refused with %j', async (fields, reason) => {
    expect(codesOf(await create(ada, fields))).toEqual([400, 'invalid_request', reason]);
  });

  test('that read have no audience', async () => {
    expect(await created(ada, { scope: 'read', audience: undefined })).toMatchObject({ scope: 'read', audience: [] });
    const change = await server.request('PATCH', '/api/apps/1', ada, { audience: ['user:ada'] });
    expect(codesOf(change)).toEqual([400, 'invalid_request', 'excluded']);
    const { body } = await server.request('PATCH', '/api/apps/1', ada, { expiresAt: null });
    expect(body).toMatchObject({ scope: 'read', audience: [] });
  });

  test('get another key by a rotation', async () => {
    const { key } = await created(ada);
    const { status, body } = await server.post('/api/apps/1/rotate', '', ada);
    expect([status, body]).toEqual([200, expect.objectContaining({ key: expect.stringMatching(/^A/) })]);
    expect((body as AppWithKey).key).not.toBe(key);
    expect((await server.request('DELETE', '/api/apps/1/previous-key', ada)).status).toBe(204);
    expect((await server.post('/api/apps/1/rotate', '', admin)).status).toBe(200);
  });

  test('that read get another key from their owner only, and are revoked by administrators, too', async () => {
    await created(ada, { scope: 'read', audience: undefined });
    expect(codesOf(await server.post('/api/apps/1/rotate', '', admin))).toEqual([403, 'not_owner']);
    expect((await server.post('/api/apps/1/rotate', '', ada)).status).toBe(200);
    expect((await server.request('DELETE', '/api/apps/1', admin)).status).toBe(204);
  });
});
