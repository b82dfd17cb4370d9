import type { Account, ErrorAnswer, LoginAnswer } from '@herald/protocol';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, useServer } from './running-server.js';

const PASSWORD = 'correct horse';

describe('accounts', () => {
  const server = useServer();
  let admin: string;
  let bob: string;

  beforeAll(async () => {
    admin = await server.signIn();
    await server.createUser('bob', ['ops']);
    bob = await server.signIn('bob');
  });

  const send = (method: string, path: string, token: string, body?: object) =>
    server.request(method, path, token, body);

  describe('managed by an administrator', () => {
    test('can be created, listed by name without their hashes, changed and removed', async () => {
      const created = await send('POST', '/api/users', admin, {
        username: 'ada',
        password: PASSWORD,
        roles: ['ops', 'oncall'],
        topics: ['deploys'],
      });
      expect([created.status, created.body]).toEqual([
        201,
        { username: 'ada', roles: ['ops', 'oncall'], topics: ['deploys'] },
      ]);
      expect((await server.get('/api/users', admin)).body).toEqual([
        { username: 'ada', roles: ['ops', 'oncall'], topics: ['deploys'] },
        { username: 'admin', roles: ['admin'], topics: [] },
        { username: 'bob', roles: ['ops'], topics: [] },
      ]);
      const found = async (query: string) =>
        ((await server.get(`/api/users?${query}`, admin)).body as { username: string }[]).map((one) => one.username);
      expect(await found('q=OPS')).toEqual(['ada', 'bob']);
      expect(await found('q=ops&limit=1')).toEqual(['ada']);
      expect(await found('q=ops&limit=1&after=ada')).toEqual(['bob']);
      expect((await server.get(`/api/users?q=${'x'.repeat(300)}`, admin)).status).toBe(400);
      const changed = await send('PATCH', '/api/users/ada', admin, { roles: [], password: 'another horse' });
      expect([changed.status, changed.body]).toEqual([200, { username: 'ada', roles: [], topics: ['deploys'] }]);
      expect((await server.post('/api/auth/login', { username: 'ada', password: PASSWORD })).status).toBe(401);
      expect((await server.post('/api/auth/login', { username: 'ada', password: 'another horse' })).status).toBe(200);
      const followed = await send('PATCH', '/api/users/ada', admin, { topics: ['builds', 'news'] });
      expect(followed.body).toEqual({ username: 'ada', roles: [], topics: ['builds', 'news'] });
      const unchanged = await send('PATCH', '/api/users/ada', admin, {});
      expect(unchanged.body).toEqual(followed.body);
      expect((await send('DELETE', '/api/users/ada', admin)).status).toBe(204);
      expect((await send('DELETE', '/api/users/ada', admin)).status).toBe(404);
    });

    test('tell when their users were last connected, to the hour', async () => {
      const lastSeenOf = async (name: string): Promise<string | undefined> =>
        ((await server.get(`/api/users?q=${name}`, admin)).body as Account[])[0]?.lastSeenAt;
      expect(await lastSeenOf('bob')).toBeUndefined();
      const before = Date.now();
      await FrameSocket.live(server, bob);
      let seenAt: string | undefined;
      while (seenAt === undefined) seenAt = await lastSeenOf('bob');
      expect(Date.parse(seenAt)).toBeGreaterThanOrEqual(before);
      expect(await lastSeenOf('admin')).toBeUndefined();
    });

    test('cannot reuse the name of a removed account, whose notifications still exist', async () => {
      await server.createUser('gone');
      const gone = await server.signIn('gone');
      await server.send(admin, { audience: ['user:gone'] });
      expect((await send('DELETE', '/api/users/gone', admin)).status).toBe(204);
      const again = await send('POST', '/api/users', admin, { username: 'gone', password: PASSWORD, roles: [] });
      expect([again.status, again.body]).toEqual([
        409,
        expect.objectContaining({
          details: [{ field: 'username', code: 'username_taken', reason: 'username is or was in use' }],
        }),
      ]);
      expect((await server.get('/api/notifications', gone)).status).toBe(401);
    });

    test('have equal names however Unicode composes their letters', async () => {
      const [composed, decomposed] = ['an\u00efs', 'an\u00efs'.normalize('NFD')];
      const created = await send('POST', '/api/users', admin, {
        username: decomposed,
        password: PASSWORD,
        roles: [decomposed],
        topics: [decomposed],
      });
      expect([created.status, created.body]).toEqual([
        201,
        { username: composed, roles: [composed], topics: [composed] },
      ]);
      const again = await send('POST', '/api/users', admin, { username: composed, password: PASSWORD, roles: [] });
      expect(again.status).toBe(409);
      const { access_token } = (await server.post('/api/auth/login', { username: decomposed, password: PASSWORD }))
        .body as LoginAnswer;
      const sent = await server.send(admin, { audience: [`user:${decomposed}`, `topic:${decomposed}`] });
      expect(sent.audience).toEqual([`user:${composed}`, `topic:${composed}`]);
      const page = (await server.get(`/api/notifications?topic=${encodeURIComponent(decomposed)}`, access_token)).body;
      expect(page).toMatchObject({ items: [{ id: sent.id }] });
      expect((await server.get(`/api/recipients?q=${encodeURIComponent(decomposed)}`, admin)).body).toMatchObject({
        users: [composed],
      });
      const left = await send('DELETE', `/api/auth/me/topics/${encodeURIComponent(decomposed)}`, access_token);
      expect(left.body).toMatchObject({ topics: [] });
      const path = `/api/users/${encodeURIComponent(decomposed)}`;
      expect((await send('PATCH', path, admin, { roles: [] })).status).toBe(200);
      expect((await send('DELETE', path, admin)).status).toBe(204);
    });

    test('cannot share a name', async () => {
      const { status, body } = await send('POST', '/api/users', admin, {
        username: 'bob',
        password: PASSWORD,
        roles: [],
      });
      expect(status).toBe(409);
      expect(body).toMatchObject({
        error: 'Conflict',
        details: [{ field: 'username', code: 'username_taken', reason: 'username is or was in use' }],
      });
    });

    test.each([
      ['username', '', 'username must consist of letters'],
      ['username', 'two words', 'username must consist of letters'],
      ['username', 'x'.repeat(51), 'username must have at most 50 characters'],
      ['username', 5, 'username must be a string'],
      ['password', 'seven77', 'password must have at least 8 characters'],
      ['password', 'x'.repeat(201), 'password must have at most 200 characters'],
      ['roles', undefined, 'roles is required'],
      ['roles', 'admin', 'roles must be a list'],
      ['roles', ['a b'], 'each value in roles must consist of letters'],
      ['roles', ['ops', 'ops'], 'roles must have each name once'],
      ['roles', [5], 'each value in roles must be a string'],
      ['roles', Array.from({ length: 9 }, (_, n) => `r${n}`), 'roles must have at most 8 items'],
      ['topics', ['a b'], 'each value in topics must consist of letters'],
      ['topics', ['deploys', 'deploys'], 'topics must have each name once'],
      ['topics', Array.from({ length: 33 }, (_, n) => `t${n}`), 'topics must have at most 32 items'],
      ['colour', 'red', 'colour is not a known field'],
    ])('are refused with field and reason if %s is %j', async (field, value, reason) => {
      const account = { username: 'eve', password: PASSWORD, roles: [], [field]: value };
      const { status, body } = await send('POST', '/api/users', admin, account);
      expect(status).toBe(400);
      expect((body as ErrorAnswer).details).toMatchObject([{ field, reason: expect.stringContaining(reason) }]);
    });

    test.each([
      { roles: null },
      { password: null },
      { roles: ['-'] },
      { topics: 'deploys' },
      { password: 'short' },
      { username: 'robert' },
    ])('are not changed by %j', async (change) => {
      expect((await send('PATCH', '/api/users/bob', admin, change)).status).toBe(400);
    });

    test('cannot be changed if they do not exist', async () => {
      expect((await send('PATCH', '/api/users/nobody', admin, { roles: [] })).status).toBe(404);
    });

    test('cannot remove themselves or their own administrator role', async () => {
      expect((await send('DELETE', '/api/users/admin', admin)).status).toBe(403);
      expect((await send('PATCH', '/api/users/admin', admin, { roles: ['ops'] })).status).toBe(403);
      expect((await send('PATCH', '/api/users/admin', admin, { roles: ['admin', 'ops'] })).status).toBe(200);
      expect((await send('PATCH', '/api/users/admin', admin, { roles: ['admin'] })).status).toBe(200);
    });
  });

  test.each([
    ['GET', '/api/users', undefined],
    ['POST', '/api/users', { username: 'eve', password: PASSWORD, roles: ['admin'] }],
    ['PATCH', '/api/users/bob', { roles: ['admin'] }],
    ['DELETE', '/api/users/admin', undefined],
  ])('are closed to everyone but administrators: %s %s', async (method, path, body) => {
    const answer = await send(method, path, bob, body);
    expect([answer.status, answer.body]).toEqual([
      403,
      { statusCode: 403, error: 'Forbidden', code: 'admin_only', message: 'Only an administrator may do this' },
    ]);
    expect((await server.request(method, path, undefined, body)).status).toBe(401);
  });

  test('act with their current roles, not with those at sign-in', async () => {
    await server.createUser('grace', ['admin']);
    const grace = await server.signIn('grace');
    expect((await server.get('/api/users', grace)).status).toBe(200);
    await send('PATCH', '/api/users/grace', admin, { roles: [] });
    expect((await server.get('/api/users', grace)).status).toBe(403);
  });

  describe('topics of the user', () => {
    test('can be joined and left repeatedly', async () => {
      const membership = (topics: string[]) => ({
        roles: ['ops'],
        topics,
        channels: ['everyone', 'user:bob', 'role:ops', ...topics.map((topic) => `topic:${topic}`)],
      });
      for (let n = 0; n < 2; n++) {
        const { status, body } = await send('PUT', '/api/auth/me/topics/builds', bob);
        expect([status, body]).toEqual([200, membership(['builds'])]);
      }
      expect((await server.get('/api/auth/me', bob)).body).toMatchObject({
        username: 'bob',
        ...membership(['builds']),
      });
      for (let n = 0; n < 2; n++) {
        const { status, body } = await send('DELETE', '/api/auth/me/topics/builds', bob);
        expect([status, body]).toEqual([200, membership([])]);
      }
    });

    test('number at most 32', async () => {
      await server.createUser('keen');
      const keen = await server.signIn('keen');
      const statuses: number[] = [];
      for (let n = 0; n <= 32; n++) statuses.push((await send('PUT', `/api/auth/me/topics/t${n}`, keen)).status);
      expect(statuses).toEqual([...Array<number>(32).fill(200), 409]);
    });

    test('have 1 to 64 characters, of which the first may be a hyphen or an underscore', async () => {
      for (const topic of ['-', '_alerts', '-'.padEnd(64, 'x')]) {
        const { status, body } = await send('PUT', `/api/auth/me/topics/${topic}`, bob);
        expect([status, body]).toMatchObject([200, { topics: [topic] }]);
        await send('DELETE', `/api/auth/me/topics/${topic}`, bob);
      }
      for (const [topic, code] of [
        ['two%20words', 'not_a_topic'],
        ['@a', 'not_a_topic'],
        ['x'.repeat(65), 'too_long'],
      ]) {
        const { status, body } = await send('PUT', `/api/auth/me/topics/${topic}`, bob);
        expect([status, body]).toMatchObject([400, { details: [{ field: 'topic', code }] }]);
      }
    });
  });

  describe('as senders without the admin role', () => {
    test('get 403 with the field for everyone, a role, or a topic they do not follow', async () => {
      const faults = [
        ['everyone', { code: 'everyone_refused' }],
        ['role:ops', { code: 'role_refused' }],
        ['topic:other', { code: 'topic_refused', params: { topic: 'other' } }],
      ] as const;
      for (const [channel, fault] of faults) {
        const { status, body } = await server.post('/api/notifications/send', { ...DRAFT, audience: [channel] }, bob);
        expect(status).toBe(403);
        expect(body).toMatchObject({
          error: 'Forbidden',
          details: [{ field: 'audience', ...fault }],
        });
      }
    });

    test('get 403 without an audience, which means everyone', async () => {
      expect((await server.post('/api/notifications/send', DRAFT, bob)).status).toBe(403);
    });

    test('get 400 for an unknown user, without revealing which other users exist', async () => {
      for (const audience of [['user:nobody'], ['user:admin', 'user:nobody'], ['user:nobody', 'user:nobody2']]) {
        const { status, body } = await server.post('/api/notifications/send', { ...DRAFT, audience }, bob);
        expect(status).toBe(400);
        expect(body).toEqual({
          statusCode: 400,
          error: 'Bad Request',
          code: 'unknown_recipient',
          message: 'The request is not valid',
          details: [{ field: 'audience', code: 'unknown_recipient', reason: 'it names a user who does not exist' }],
        });
      }
    });

    test('get 201 for a user, who alone finds the notification in the inbox', async () => {
      const sent = await server.send(bob, { title: 'between us', audience: ['user:admin'] });
      const titles = async (token: string) =>
        ((await server.get('/api/notifications', token)).body as { items: { id: string }[] }).items.map(({ id }) => id);
      expect(await titles(admin)).toContain(sent.id);
      expect(await titles(bob)).not.toContain(sent.id);
    });
  });
});
