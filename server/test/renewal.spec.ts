import type { LoginAnswer } from '@herald/protocol';
import { FrameSocket } from './frame-socket.js';
import { useFreshServer } from './running-server.js';
import { tokenOf } from './token-by-hand.js';

const now = Math.floor(Date.now() / 1000);

describe('a token is renewed', () => {
  const server = useFreshServer({ TOKEN_TTL_SECONDS: '3600' });

  async function refresh(token: string): Promise<LoginAnswer> {
    const { status, body } = await server.post('/api/auth/refresh', '{}', token);
    expect(status).toBe(200);
    return body as LoginAnswer;
  }

  test('over HTTP while it is valid', async () => {
    const almostOver = tokenOf(server, { sub: 'admin', iat: now, exp: now + 60 });
    const fresh = await refresh(almostOver);
    expect(fresh).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 3600 });
    expect((await server.get('/api/auth/me', fresh.access_token)).body).toMatchObject({ username: 'admin' });
    const { status, body } = await server.post(
      '/api/auth/refresh',
      '{}',
      tokenOf(server, { sub: 'admin', exp: now - 60 }),
    );
    expect([status, body]).toEqual([401, expect.objectContaining({ message: 'The token has expired' })]);
  });

  test('for 30 days after the sign-in, however often; then a new sign-in is required', async () => {
    const day = 24 * 3600;
    const signedInAt = now - 29 * day;
    const fresh = await refresh(tokenOf(server, { sub: 'admin', auth_time: signedInAt, iat: now - 60, exp: now + 60 }));
    const claims = JSON.parse(Buffer.from(fresh.access_token.split('.')[1]!, 'base64url').toString()) as {
      auth_time: number;
    };
    expect(claims.auth_time).toBe(signedInAt);
    const old = tokenOf(server, { sub: 'admin', auth_time: now - 30 * day, iat: now - 60, exp: now + 60 });
    expect((await server.get('/api/auth/me', old)).status).toBe(200);
    const { status, body } = await server.post('/api/auth/refresh', '{}', old);
    expect([status, body]).toEqual([
      401,
      expect.objectContaining({ message: 'You signed in 30 days ago; sign in again' }),
    ]);
  });

  test('in band: told of the expiry, the client authenticates again and outlives the old token', async () => {
    const almostOver = tokenOf(server, { sub: 'admin', iat: now, exp: Math.floor(Date.now() / 1000) + 3 });
    const client = await FrameSocket.live(server, almostOver);
    await client.next('live');
    const { data } = await client.next('token_expiring');
    const fresh = (await refresh(almostOver)).access_token;
    client.send({ event: 'authenticate', data: { token: fresh } });
    const renewed = await client.next('authenticated');
    expect(Date.parse(renewed.data.expiresAt)).toBeGreaterThan(Date.parse(data.expiresAt) + 3_000_000);
    // Another client shows when the old token expires.
    const other = await FrameSocket.live(server, almostOver);
    expect((await other.closed).code).toBe(4401);
    const sent = await server.send(fresh);
    expect((await client.next('notification')).data.id).toBe(sent.id);
  });

  test.each([
    ['of another user', { sub: 'ada', exp: now + 60 }, 'The account of this token no longer exists'],
    ['that has expired', { sub: 'admin', exp: now - 60 }, 'The token has expired'],
  ])('but not by a token %s, and the connection continues unchanged', async (_, claims, message) => {
    const client = await FrameSocket.live(server, await server.signIn());
    await client.next('live');
    client.send({ event: 'authenticate', data: { token: tokenOf(server, claims) } });
    expect((await client.next('error')).data).toEqual({ code: 'unauthenticated', message });
    client.send({ event: 'authenticate', data: { token: 5 } });
    expect((await client.next('error')).data).toEqual({
      code: 'malformed',
      message: 'data.token must be a string',
      params: { field: 'data.token' },
    });
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
  });
});
