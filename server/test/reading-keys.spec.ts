import type { AppWithKey, ErrorAnswer } from '@herald/protocol';
import { jest } from '@jest/globals';
import { LastSeen } from '../src/auth/last-seen.js';
import { EventReader } from './event-reader.js';
import { FrameSocket } from './frame-socket.js';
import { useFreshServer } from './running-server.js';

const NEVER = '9999-12-31T23:59:59.999Z';

describe('a key that reads', () => {
  const server = useFreshServer();
  let admin: string;
  let ada: string;
  let app: AppWithKey;

  beforeEach(async () => {
    admin = await server.signIn();
    await server.createUser('ada');
    ada = await server.signIn('ada');
    app = await server.createApp(ada, { name: 'reader', scope: 'read' });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function openSocket(key = app.key): Promise<FrameSocket> {
    const client = await FrameSocket.open(server, key);
    client.send({ event: 'hello' });
    return client;
  }

  test('reads the inbox of its owner', async () => {
    const { id } = await server.send(admin, { audience: ['user:ada'] });
    await server.send(admin, { audience: ['user:admin'] });
    const { status, body } = await server.get('/api/notifications', app.key);
    expect([status, (body as { items: object[] }).items]).toEqual([200, [expect.objectContaining({ id })]]);
    expect((await server.get(`/api/notifications/${id}`, `tk_${app.key}`)).status).toBe(200);
    expect((await server.get('/api/apps/1', ada)).body).toMatchObject({ lastUsedFrom: '127.0.0.1' });
  });

  test('receives over WebSocket and event stream, and resumes the stream', async () => {
    const socket = await openSocket();
    expect((await socket.next('welcome')).data).toMatchObject({ user: { username: 'ada' }, expiresAt: NEVER });
    await socket.next('live');
    const stream = await EventReader.open(server, app.key);
    const { id: position } = await stream.next('welcome');
    await stream.next('live');
    const { id } = await server.send(admin, { audience: ['user:ada'] });
    expect((await socket.next('notification')).data).toMatchObject({ id });
    expect((await stream.next('notification')).data).toMatchObject({ id });
    stream.close();
    const resumed = await EventReader.open(server, app.key, position);
    await resumed.next('welcome');
    expect((await resumed.next('notification')).data).toMatchObject({ id });
    resumed.close();
    socket.socket.close();
  });

  test('follows the topics of its owner', async () => {
    const socket = await FrameSocket.live(server, app.key);
    await socket.next('live');
    await server.request('PUT', '/api/auth/me/topics/builds', ada);
    expect(Object.keys((await socket.next('channels')).data.joined)).toEqual(['topic:builds']);
    socket.socket.close();
  });

  test('changes and sends nothing', async () => {
    const { id } = await server.send(admin, { audience: ['user:ada'] });
    for (const [method, path, body] of [
      ['PATCH', `/api/notifications/${id}`, { read: true }],
      ['POST', '/api/notifications/read-all', undefined],
      ['POST', '/api/notifications/send', { message: 'm' }],
      ['GET', '/api/apps', undefined],
      ['POST', '/api/auth/refresh', undefined],
      ['POST', '/api/auth/logout', undefined],
      ['GET', '/api/notifications/sent', undefined],
    ] as const) {
      const answer = await server.request(method, path, app.key, body);
      const { code, message } = answer.body as ErrorAnswer;
      const expected = [path, 403, 'wrong_scope', 'This key can only read notifications'];
      expect([path, answer.status, code, message]).toEqual(expected);
    }
  });

  test('loses its connections when it is revoked', async () => {
    const socket = await FrameSocket.live(server, app.key);
    const stream = await EventReader.open(server, app.key);
    for (const event of ['welcome', 'live']) await stream.next(event);
    expect((await server.request('DELETE', '/api/apps/1', ada)).status).toBe(204);
    expect((await socket.closed).code).toBe(4401);
    expect((await stream.next('bye')).data).toMatchObject({ code: 4401 });
    expect((await server.get('/api/notifications', app.key)).status).toBe(401);
    await expect(FrameSocket.open(server, app.key)).rejects.toThrow('401');
  });

  test('loses its connections with the account of its owner', async () => {
    const socket = await FrameSocket.live(server, app.key);
    expect((await server.request('DELETE', '/api/users/ada', admin)).status).toBe(204);
    expect((await socket.closed).code).toBe(4401);
  });

  test('keeps its connections through a rotation, until the old key ends', async () => {
    const socket = await FrameSocket.live(server, app.key);
    await socket.next('live');
    const { key } = (await server.post('/api/apps/1/rotate', '', ada)).body as AppWithKey;
    const { id } = await server.send(admin, { audience: ['user:ada'] });
    expect((await socket.next('notification')).data).toMatchObject({ id });
    const inADay = Date.now() + 24 * 60 * 60 * 1000;
    jest.spyOn(Date, 'now').mockImplementation(() => inADay);
    expect((await socket.closed).code).toBe(4401);
    const fresh = await openSocket(key);
    expect((await fresh.next('welcome')).data).toMatchObject({ expiresAt: NEVER });
    fresh.socket.close();
  });

  test('keeps its connections until an expiry that was set meanwhile', async () => {
    const socket = await FrameSocket.live(server, app.key);
    // An hour ahead, so that no warning of it comes between the frames.
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await server.request('PATCH', '/api/apps/1', ada, { expiresAt });
    await socket.next('live');
    await server.send(admin, { audience: ['user:ada'] });
    await socket.next('notification');
    jest.spyOn(Date, 'now').mockImplementation(() => Date.parse(expiresAt));
    expect((await socket.closed).code).toBe(4401);
  });

  test('does not count as a visit of its owner', async () => {
    const note = jest.spyOn(server.app.get(LastSeen, { strict: false }), 'note');
    const [socket, person] = [await FrameSocket.live(server, app.key), await FrameSocket.live(server, admin)];
    while (note.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(note.mock.calls).toEqual([['admin']]);
    for (const client of [socket, person]) client.socket.close();
  });
});
