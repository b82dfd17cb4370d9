import type { LoginAnswer } from '@herald/protocol';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { EventReader } from './event-reader.js';
import { FrameSocket } from './frame-socket.js';
import { type Answer, useFreshServer } from './running-server.js';

const LOGOUT = '/api/auth/logout';

describe('a signed-out token', () => {
  const server = useFreshServer();
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  async function renewed(one: string): Promise<string> {
    return ((await server.request('POST', '/api/auth/refresh', one)).body as LoginAnswer).access_token;
  }

  const signOut = (one = token): Promise<Answer> => server.request('POST', LOGOUT, one);

  test('is refused from then on, by HTTP and at the upgrade, and cannot be renewed', async () => {
    expect((await server.get('/api/auth/me', token)).status).toBe(200);
    const answer = await signOut();
    expect([answer.status, answer.body]).toEqual([204, '']);
    const refused = await server.get('/api/auth/me', token);
    expect([refused.status, refused.body, refused.headers.get('www-authenticate')]).toEqual([
      401,
      { statusCode: 401, error: 'Unauthorized', code: 'invalid_token', message: 'This token was signed out' },
      'Bearer',
    ]);
    expect((await server.request('POST', '/api/auth/refresh', token)).status).toBe(401);
    expect((await signOut()).status).toBe(401);
    expect((await server.get('/api/notifications/stream', token)).status).toBe(401);
    const upgrade = new WebSocket(`ws://${server.host}/ws?token=${token}`);
    upgrade.on('error', () => undefined);
    const [, response] = (await once(upgrade, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(response.statusCode).toBe(401);
  });

  test('loses its connections: herald.v1 before and after hello, plain clients, and event streams', async () => {
    const sockets = [
      await FrameSocket.live(server, token),
      await FrameSocket.open(server, token),
      await FrameSocket.plain(server, token),
    ];
    const stream = await EventReader.open(server, token);
    await stream.next('welcome');
    await stream.next('live');
    await signOut();
    for (const { closed } of sockets) expect(await closed).toEqual({ code: 4401, reason: 'This token was signed out' });
    expect((await stream.next('bye')).data).toEqual({ code: 4401, reason: 'This token was signed out' });
    await stream.closed;
  });

  test('revokes tokens renewed from it, and closes their connections', async () => {
    const fresh = await renewed(token);
    const newest = await renewed(fresh);
    const sockets = [await FrameSocket.live(server, fresh), await FrameSocket.live(server, newest)];
    const stream = await EventReader.open(server, newest);
    await stream.next('welcome');
    await stream.next('live');
    await signOut();
    for (const one of [fresh, newest]) expect((await server.get('/api/auth/me', one)).status).toBe(401);
    for (const { closed } of sockets) expect(await closed).toEqual({ code: 4401, reason: 'This token was signed out' });
    expect((await stream.next('bye')).data.code).toBe(4401);
  });

  test("leaves the person's other sign-ins and their connections alone", async () => {
    const other = await server.signIn();
    const client = await FrameSocket.live(server, other);
    await client.next('live');
    await signOut();
    const { id } = await server.send(other);
    expect((await client.next('notification')).data.id).toBe(id);
    client.socket.close();
  });

  test('leaves a connection open that has switched to another sign-in, and cannot be switched back to', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    const fresh = await server.signIn();
    client.send({ event: 'authenticate', data: { token: fresh } });
    await client.next('authenticated');
    await signOut();
    client.send({ event: 'authenticate', data: { token } });
    expect((await client.next('error')).data).toEqual({
      code: 'unauthenticated',
      message: 'This token was signed out',
    });
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
    await signOut(fresh);
    expect((await client.closed).code).toBe(4401);
  });

  test('is refused in every other spelling of the same signature', async () => {
    await signOut();
    const last = token.at(-1)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // 32 bytes are 43 letters, and two bits of the last letter carry nothing.
    const same = [1, 2, 3].map((bits) => token.slice(0, -1) + alphabet[alphabet.indexOf(last) ^ bits]!);
    for (const one of [...same, `${token}=`, `${token} `, token.replaceAll('.', '..')])
      expect((await server.get('/api/auth/me', one)).status).toBe(401);
  });

  test('sign-out itself needs a token', async () => {
    expect((await server.request('POST', LOGOUT)).status).toBe(401);
  });
});
