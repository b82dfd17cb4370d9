import type { App, AppWithKey, ErrorAnswer, Notification } from '@herald/protocol';
import { jest } from '@jest/globals';
import { AuthService } from '../src/auth/auth.service.js';
import { hashOfKey, newAppKey } from '../src/auth/app-key.js';
import { Store } from '../src/repository/store.js';
import { FrameSocket } from './frame-socket.js';
import { MANY, newApp } from './repository/app-repository.contract.js';
import { type Answer, basic, codesOf, DRAFT, useFreshServer, USER_PASSWORD } from './running-server.js';

const SEND = '/api/notifications/send';
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the key of an app', () => {
  const server = useFreshServer();
  let admin: string;
  let ada: string;

  beforeEach(async () => {
    admin = await server.signIn();
    await server.createUser('ada');
    ada = await server.signIn('ada');
    await server.request('PUT', '/api/auth/me/topics/builds', ada);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const create = (token: string, fields: object = {}): Promise<AppWithKey> =>
    server.createApp(token, { name: 'ci', audience: ['topic:builds', 'user:ada'], ...fields });

  function sendAs(headers: Record<string, string>, draft: object = DRAFT): Promise<Answer> {
    const sent = { 'Content-Type': 'application/json', ...headers };
    return server.fetch(SEND, { method: 'POST', headers: sent, body: JSON.stringify(draft) });
  }

  test.each<[string, (key: string) => Record<string, string>]>([
    ['a bearer token', (key) => ({ Authorization: `Bearer ${key}` })],
    ['a bearer token of ntfy', (key) => ({ Authorization: `bearer tk_${key}` })],
    ['X-Gotify-Key', (key) => ({ 'X-Gotify-Key': key })],
    ['a password without a name', (key) => ({ Authorization: basic('', key) })],
    ['a password of any name', (key) => ({ Authorization: basic('anybody', `tk_${key}`) })],
  ])('sends to its whole audience under the name of the app, as %s', async (_, headers) => {
    const { key } = await create(ada);
    const { status, body } = await sendAs(headers(key));
    expect([status, body]).toEqual([201, expect.objectContaining({ ...DRAFT, sender: 'ci' })]);
    expect((body as Notification).audience).toEqual(['topic:builds', 'user:ada']);
    const inbox = await server.get('/api/notifications', ada);
    expect(inbox.body).toMatchObject({ items: [{ sender: 'ci' }] });
  });

  test('sends to a part of its audience, and to nobody else', async () => {
    const { key } = await create(admin, { audience: ['topic:builds', 'user:ada'] });
    const to = (...audience: string[]) => sendAs({ 'X-Gotify-Key': key }, { ...DRAFT, audience });
    expect((await to('user:ada')).body).toMatchObject({ audience: ['user:ada'] });
    for (const beyond of ['everyone', 'user:admin', 'topic:deploys']) {
      const refused = await to('user:ada', beyond);
      expect(codesOf(refused)).toEqual([403, 'audience_refused', 'beyond_audience']);
      expect((refused.body as ErrorAnswer).details?.[0]?.params).toEqual({ channel: beyond });
    }
  });

  test('sends by the present rights of its owner, to those of its channels that are left', async () => {
    const { key } = await create(ada);
    const send = (draft: object = DRAFT): Promise<Answer> => sendAs({ 'X-Gotify-Key': key }, draft);
    await server.request('DELETE', '/api/auth/me/topics/builds', ada);
    expect((await send()).body).toMatchObject({ audience: ['user:ada'] });
    expect((await send([DRAFT, DRAFT])).body).toMatchObject([{ audience: ['user:ada'] }, { audience: ['user:ada'] }]);
    const toBoth = { ...DRAFT, audience: ['user:ada', 'topic:builds'] };
    expect(codesOf(await send(toBoth))).toEqual([403, 'audience_refused', 'topic_refused']);
    expect((await server.request('DELETE', '/api/users/ada', admin)).status).toBe(204);
    expect(codesOf(await send())).toEqual([401, 'invalid_token']);
  });

  test('is refused once the owner may send to none of its channels', async () => {
    const { key } = await create(ada, { audience: ['topic:builds'] });
    await server.request('DELETE', '/api/auth/me/topics/builds', ada);
    expect(codesOf(await sendAs({ 'X-Gotify-Key': key }))).toEqual([403, 'audience_refused', 'topic_refused']);
  });

  test('sends to the rest of its audience after the removal of a user', async () => {
    for (const name of ['bob', 'cleo']) await server.createUser(name);
    const { key } = await create(admin, { audience: ['user:bob', 'user:cleo'] });
    const send = (draft: object = DRAFT): Promise<Answer> => sendAs({ 'X-Gotify-Key': key }, draft);
    expect((await server.request('DELETE', '/api/users/bob', admin)).status).toBe(204);
    expect((await send()).body).toMatchObject({ audience: ['user:cleo'] });
    const toBoth = { ...DRAFT, audience: ['user:bob', 'user:cleo'] };
    expect(codesOf(await send(toBoth))).toEqual([400, 'unknown_recipient', 'unknown_user']);
    expect((await server.request('DELETE', '/api/users/cleo', admin)).status).toBe(204);
    expect(codesOf(await send())).toEqual([400, 'unknown_recipient', 'unknown_user']);
  });

  test('is refused if it is unknown, was revoked or has another form', async () => {
    const { id, key } = await create(ada);
    expect((await sendAs({ 'X-Gotify-Key': key })).status).toBe(201);
    expect((await server.request('DELETE', `/api/apps/${id}`, ada)).status).toBe(204);
    for (const bad of [key, newAppKey(), 'hunter2', '']) {
      expect([bad, ...codesOf(await sendAs({ 'X-Gotify-Key': bad }))]).toEqual([bad, 401, 'invalid_token']);
    }
    expect(codesOf(await sendAs({ Authorization: `Bearer ${key}` }))).toEqual([401, 'invalid_token']);
    expect(codesOf(await sendAs({ Authorization: basic('', key) }))).toEqual([401, 'invalid_token']);
    expect(codesOf(await sendAs({ Authorization: basic('ada', key) }))).toEqual([401, 'invalid_credentials']);
  });

  test('stays valid for a day after a rotation, in which there is no other rotation', async () => {
    const { id, key } = await create(ada);
    const rotate = (): Promise<Answer> => server.post(`/api/apps/${id}/rotate`, '', ada);
    const statusOf = async (one: string): Promise<number> => (await sendAs({ 'X-Gotify-Key': one })).status;
    const { key: second, previousKeyUntil: until } = (await rotate()).body as AppWithKey;
    expect([await statusOf(key), await statusOf(second)]).toEqual([201, 201]);
    const refused = await rotate();
    expect([...codesOf(refused), refused.body]).toMatchObject([409, 'previous_key_valid', { params: { until } }]);
    expect([await statusOf(key), await statusOf(second)]).toEqual([201, 201]);
    const later = Date.parse(until!);
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    expect([await statusOf(key), await statusOf(second)]).toEqual([401, 201]);
    ada = await server.signIn('ada');
    const { status, body } = await server.get(`/api/apps/${id}`, ada);
    expect([status, body]).toEqual([200, expect.not.objectContaining({ previousKeyUntil: until })]);
    expect((await rotate()).status).toBe(200);
  });

  test('is made again if it was lost, and the one before it stays valid', async () => {
    const { id, key } = await create(ada);
    const rotate = (body: unknown): Promise<Answer> => server.post(`/api/apps/${id}/rotate`, body, ada);
    const statusOf = async (one: string): Promise<number> => (await sendAs({ 'X-Gotify-Key': one })).status;
    expect(codesOf(await rotate({ replaces: 'both' }))).toEqual([400, 'invalid_request', 'not_one_of']);
    // An answer that got lost may belong to a rotation that was not stored: then no key ends.
    const { key: lost, previousKeyUntil: until } = (await rotate({ replaces: 'current' })).body as AppWithKey;
    expect([await statusOf(key), await statusOf(lost)]).toEqual([201, 201]);
    const again = (await rotate({ replaces: 'current' })).body as AppWithKey;
    expect(again.previousKeyUntil).toBe(until);
    expect([await statusOf(key), await statusOf(lost), await statusOf(again.key)]).toEqual([201, 401, 201]);
  });

  test('ends by a rotation that replaces it, and only if that succeeds', async () => {
    const { id, key } = await create(ada, { scope: 'read', audience: undefined });
    const replace = (token: string): Promise<Answer> =>
      server.post(`/api/apps/${id}/rotate`, { replaces: 'previous' }, token);
    const statusOf = async (one: string): Promise<number> => (await server.get('/api/notifications', one)).status;
    const { key: second } = (await server.post(`/api/apps/${id}/rotate`, '', ada)).body as AppWithKey;
    expect(codesOf(await replace(admin))).toEqual([403, 'not_owner']);
    expect([await statusOf(key), await statusOf(second)]).toEqual([200, 200]);
    const { key: third } = (await replace(ada)).body as AppWithKey;
    expect([await statusOf(key), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
  });

  test('ends at once after a rotation, if its owner or an administrator says so', async () => {
    const { id, key } = await create(ada);
    const rotate = async (): Promise<string> =>
      ((await server.post(`/api/apps/${id}/rotate`, '', ada)).body as AppWithKey).key;
    const end = async (token: string): Promise<number> =>
      (await server.request('DELETE', `/api/apps/${id}/previous-key`, token)).status;
    const statusOf = async (one: string): Promise<number> => (await sendAs({ 'X-Gotify-Key': one })).status;
    await server.createUser('bob');
    const bob = await server.signIn('bob');
    const second = await rotate();
    expect([await end(bob), await statusOf(key)]).toEqual([404, 201]);
    expect([await end(ada), await statusOf(key), await statusOf(second)]).toEqual([204, 401, 201]);
    const third = await rotate();
    expect([await end(admin), await end(admin)]).toEqual([204, 204]);
    expect([await statusOf(second), await statusOf(third)]).toEqual([401, 201]);
  });

  test('reads nothing', async () => {
    const { key } = await create(ada);
    for (const path of ['/api/notifications', '/api/auth/me', '/api/apps', '/api/notifications/stream']) {
      expect([path, ...codesOf(await server.get(path, key))]).toEqual([path, 403, 'wrong_scope']);
      expect([path, ...codesOf(await server.get(path, newAppKey()))]).toEqual([path, 401, 'invalid_token']);
    }
    await expect(FrameSocket.open(server, key)).rejects.toThrow('403');
    await expect(FrameSocket.open(server, newAppKey())).rejects.toThrow('401');
  });

  test('does not send if it may only read', async () => {
    const key = newAppKey();
    const { apps } = server.app.get(Store, { strict: false });
    await apps.add(newApp({ scope: 'read', audience: [], keyHash: hashOfKey(key) }), MANY);
    expect(codesOf(await sendAs({ 'X-Gotify-Key': key }))).toEqual([403, 'wrong_scope']);
    expect(codesOf(await sendAs({ Authorization: basic('', key) }))).toEqual([403, 'wrong_scope']);
  });

  test('admits a large body, which an unknown key does not', async () => {
    const { key } = await create(ada);
    const many = Array.from({ length: 100 }, () => ({ ...DRAFT, message: 'x'.repeat(1000) }));
    expect((await sendAs({ 'X-Gotify-Key': key }, many)).status).toBe(201);
    expect((await sendAs({ 'X-Gotify-Key': newAppKey() }, many)).status).toBe(401);
  });

  test('makes a request safe to repeat with an Idempotency-Key', async () => {
    const { key } = await create(ada);
    const headers = { 'X-Gotify-Key': key, 'Idempotency-Key': 'build 42' };
    const [first, second] = [await sendAs(headers), await sendAs(headers)];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  test('sends and plans notifications that its owner may follow, retract and cancel, and other users may not', async () => {
    const { key } = await create(ada);
    await server.createUser('bob');
    const bob = await server.signIn('bob');
    const deliverAt = new Date(Date.now() + DAY_MS).toISOString();
    const { id } = (await sendAs({ 'X-Gotify-Key': key }, { ...DRAFT, deliverAt })).body as Notification;
    const planned = async (token: string): Promise<object[]> =>
      ((await server.get('/api/notifications/scheduled', token)).body as { items: object[] }).items;
    expect(await planned(ada)).toMatchObject([{ id, sender: 'ci' }]);
    expect([await planned(bob), (await planned(admin)).length]).toEqual([[], 1]);
    const cancel = (token: string) => server.request('DELETE', `/api/notifications/scheduled/${id}`, token);
    expect([(await cancel(bob)).status, (await cancel(ada)).status]).toEqual([404, 204]);
    const { id: sent } = (await sendAs({ 'X-Gotify-Key': key })).body as Notification;
    const receipts = (token: string) => server.get(`/api/notifications/${sent}/receipts`, token);
    expect([(await receipts(bob)).status, (await receipts(ada)).status]).toEqual([404, 200]);
    const listed = async (token: string): Promise<object[]> =>
      ((await server.get('/api/notifications/sent', token)).body as { items: object[] }).items;
    expect([await listed(bob), await listed(admin)]).toEqual([[], []]);
    expect(await listed(ada)).toMatchObject([{ id: sent, sender: 'ci' }]);
    const retract = (token: string) => server.request('DELETE', `/api/notifications/${sent}`, token);
    expect([(await retract(bob)).status, (await retract(ada)).status]).toEqual([404, 204]);
  });

  test('has a rate of its own, also if an administrator owns it', async () => {
    const [one, other] = [await create(admin), await create(admin, { name: 'other' })];
    const many = Array.from({ length: 1000 }, () => DRAFT);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    expect((await sendAs({ 'X-Gotify-Key': one.key }, many)).status).toBe(201);
    expect(codesOf(await sendAs({ 'X-Gotify-Key': one.key }))).toEqual([429, 'too_many_sends']);
    expect((await sendAs({ 'X-Gotify-Key': other.key })).status).toBe(201);
    clock.mockRestore();
  });

  test('draws on the rate of its owner, who is no administrator', async () => {
    const [one, other] = [await create(ada), await create(ada, { name: 'other' })];
    const many = Array.from({ length: 1000 }, () => DRAFT);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    expect((await sendAs({ 'X-Gotify-Key': one.key }, many)).status).toBe(201);
    expect(codesOf(await sendAs({ 'X-Gotify-Key': other.key }))).toEqual([429, 'too_many_sends']);
    const own = await server.post(SEND, { ...DRAFT, audience: ['user:ada'] }, ada);
    expect(codesOf(own)).toEqual([429, 'too_many_sends']);
    clock.mockRestore();
  });

  test('shows its owner in what it sends, unless that is an administrator', async () => {
    const [own, admins] = [await create(ada), await create(admin, { name: 'backup' })];
    const ownerOf = async ({ key }: AppWithKey): Promise<unknown> =>
      ((await sendAs({ 'X-Gotify-Key': key })).body as Notification).owner;
    expect([await ownerOf(own), await ownerOf(admins)]).toEqual(['ada', undefined]);
  });

  test('is listed with its last use', async () => {
    const { id, key } = await create(ada);
    const { apps } = server.app.get(Store, { strict: false });
    const note = jest.spyOn(apps, 'noteUses');
    for (let n = 0; n < 5; n++) await sendAs({ 'X-Gotify-Key': key });
    expect(note).toHaveBeenCalledTimes(1);
    const { lastUsedAt, lastUsedFrom } = (await server.get(`/api/apps/${id}`, ada)).body as App;
    expect([Date.parse(lastUsedAt!) <= Date.now(), lastUsedFrom]).toEqual([true, '127.0.0.1']);
  });
});

describe('a name and a password', () => {
  const server = useFreshServer({ TRUSTED_PROXIES: 'loopback' });

  beforeEach(async () => {
    await server.createUser('ada');
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const send = (password: string, username = 'ada', from = '192.0.2.1'): Promise<Answer> =>
    server.fetch(SEND, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: basic(username, password),
        'X-Forwarded-For': from,
      },
      body: JSON.stringify({ ...DRAFT, audience: ['user:ada'] }),
    });

  test('send for their user, and are checked once', async () => {
    const login = jest.spyOn(server.app.get(AuthService, { strict: false }), 'login');
    const first = await Promise.all([send(USER_PASSWORD), send(USER_PASSWORD), send(USER_PASSWORD)]);
    expect(first.map(({ status, body }) => [status, (body as Notification).sender])).toEqual(
      Array.from({ length: 3 }, () => [201, 'ada']),
    );
    expect((await send(USER_PASSWORD)).status).toBe(201);
    expect(login).toHaveBeenCalledTimes(1);
  });

  test('are refused after a change of the password', async () => {
    expect((await send(USER_PASSWORD)).status).toBe(201);
    const admin = await server.signIn();
    const password = 'another pass phrase';
    expect((await server.request('PATCH', '/api/users/ada', admin, { password })).status).toBe(200);
    expect((await send(USER_PASSWORD)).body).toMatchObject({ code: 'invalid_credentials' });
    expect((await send(password)).status).toBe(201);
  });

  test('are throttled as a sign-in is', async () => {
    for (let n = 0; n < 20; n++) expect((await send(`wrong ${n}`)).body).toMatchObject({ code: 'invalid_credentials' });
    expect((await send('wrong')).body).toMatchObject({ code: 'too_many_failed_sign_ins' });
  });

  test.each([
    ['another network', '192.0.2.2'],
    ['the same network', '192.0.2.1'],
  ])('are refused after many guesses from %s, even if they are right and remembered', async (_, from) => {
    expect((await send(USER_PASSWORD)).status).toBe(201);
    for (let n = 0; n < 20; n++) expect((await send(`wrong ${n}`, 'ada', from)).status).toBe(401);
    const right = await send(USER_PASSWORD, 'ada', from);
    expect([right.status, right.body]).toEqual([429, expect.objectContaining({ code: 'too_many_failed_sign_ins' })]);
  });

  test('stay valid for their network while strangers guess', async () => {
    expect((await send(USER_PASSWORD)).status).toBe(201);
    let guess: Answer | undefined;
    for (let n = 0; n < 21; n++) guess = await send(`wrong ${n}`, 'ada', '192.0.2.2');
    expect(guess?.status).toBe(429);
    expect((await send(USER_PASSWORD)).status).toBe(201);
  });

  test.each([
    ['nobody', USER_PASSWORD],
    ['ada', ''],
    ['ada', 'x'.repeat(201)],
    ['x'.repeat(101), USER_PASSWORD],
  ])('are refused: %s, %s', async (username, password) => {
    const { body, headers } = await send(password, username);
    expect(body).toMatchObject({ statusCode: 401, code: 'invalid_credentials' });
    expect(headers.get('WWW-Authenticate')).toBe('Basic realm="Herald", charset="UTF-8"');
  });
});
