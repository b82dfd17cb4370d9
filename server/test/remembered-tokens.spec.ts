import type { ErrorAnswer, LoginAnswer } from '@herald/protocol';
import { jest } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { JwtStrategy } from '../src/auth/jwt.strategy.js';
import { UserRepository } from '../src/repository/user-repository.js';
import { FrameSocket } from './frame-socket.js';
import { useFreshServer } from './running-server.js';

describe('an accepted token', () => {
  const server = useFreshServer();
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('is verified by passport once, however often it is used', async () => {
    const validate = jest.spyOn(server.app.get(JwtStrategy, { strict: false }), 'validate');
    for (let n = 0; n < 5; n++) await server.send(token);
    expect(validate).toHaveBeenCalledTimes(1);
  });

  test('is not verified again at the upgrade of a WebSocket', async () => {
    await server.send(token);
    const verify = jest.spyOn(server.app.get(JwtService, { strict: false }), 'verifyAsync');
    const client = await FrameSocket.live(server, token);
    expect(verify).not.toHaveBeenCalled();
    client.socket.close();
  });

  test('does not admit a token that differs in signature, body or algorithm', async () => {
    await server.send(token);
    const [head = '', body = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
    for (const bad of [
      `${head}.${body}.${flipped}`,
      `${head}.${body}.`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
    ]) {
      const answer = await server.get('/api/auth/me', bad);
      expect([bad, answer.status]).toEqual([bad, 401]);
    }
  });

  test('is refused after a change of password, while the new one is accepted', async () => {
    await server.post('/api/users', { username: 'grace', password: 'before the change', roles: [] }, token);
    const signIn = async (password: string): Promise<string> => {
      const { body } = await server.post('/api/auth/login', { username: 'grace', password });
      return (body as LoginAnswer).access_token;
    };
    const old = await signIn('before the change');
    expect((await server.get('/api/auth/me', old)).status).toBe(200);
    const patch = {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    };
    const changed = await server.fetch('/api/users/grace', {
      ...patch,
      body: JSON.stringify({ password: 'after the change' }),
    });
    expect(changed.status).toBe(200);
    const { status, body } = await server.get('/api/auth/me', old);
    expect([status, (body as ErrorAnswer).message]).toEqual([
      401,
      'All earlier tokens of this account were revoked; sign in again',
    ]);
    expect((await server.get('/api/auth/me', await signIn('after the change'))).status).toBe(200);
  });

  test('is refused after its account is removed, over HTTP and at the upgrade', async () => {
    await server.send(token);
    const users = server.app.get(UserRepository, { strict: false });
    jest.spyOn(users, 'find').mockResolvedValue(undefined);
    const { status, body } = await server.get('/api/auth/me', token);
    expect(status).toBe(401);
    expect(body).toMatchObject({ message: 'The account of this token no longer exists' });
    await expect(FrameSocket.open(server, token)).rejects.toThrow('401');
  });
});
