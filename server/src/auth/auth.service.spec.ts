import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { MANY, newApp } from '#test/repository/app-repository.contract.js';
import { checkEnvironment } from '../config/read-environment.js';
import { isRefusal } from '../http/refusal/refusal.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { LoginThrottle } from './login-throttle.js';
import * as passwordHash from './password-hash.js';
import { TokenService } from './token.service.js';
import { NoPeers } from '../repository/peers.js';
import { AppKeys } from './app-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

const verifyPassword = jest.fn(passwordHash.verifyPassword);
jest.unstable_mockModule('./password-hash.js', () => ({ ...passwordHash, verifyPassword }));
const { AuthService } = await import('./auth.service.js');

describe('AuthService', () => {
  const environment = checkEnvironment({
    ADMIN_USERNAME: 'ada',
    ADMIN_PASSWORD: 'correct horse',
    TOKEN_TTL_SECONDS: '60',
  });
  const store = new InMemoryStore(10);
  const { users } = store;
  const tokens = new TokenService(
    new JwtService({ secret: 'secret' }),
    store,
    environment,
    new VerifiedTokens(),
    new AppKeys(store),
  );
  const auth = new AuthService(users, tokens, new LoginThrottle(new NoPeers()), environment);

  beforeAll(async () => {
    Logger.overrideLogger(false);
    await auth.onModuleInit();
  });

  beforeEach(() => {
    verifyPassword.mockClear();
  });

  test('signs in the administrator from the environment', async () => {
    const { token, expiresInSeconds } = await auth.login('ada', 'correct horse', '10.0.0.1');
    expect(expiresInSeconds).toBe(60);
    expect(await tokens.verify(token)).toMatchObject({ username: 'ada' });
  });

  test('stores only the hash of a password', async () => {
    expect((await users.find('ada'))?.passwordHash).toMatch(/^\$argon2id\$/);
  });

  test("restores the configured administrator's role, and keeps their other roles and topics", async () => {
    await users.update('ada', (ada) => ({ ...ada, roles: ['ops'], topics: ['deploys'] }));
    await auth.onModuleInit();
    expect(await users.find('ada')).toMatchObject({ roles: ['admin', 'ops'], topics: ['deploys'] });
  });

  test("revokes the administrator's tokens only if the password in the environment has changed", async () => {
    const { token } = await auth.login('ada', 'correct horse', '10.0.0.1');
    await auth.onModuleInit();
    await expect(tokens.verify(token)).resolves.toMatchObject({ username: 'ada' });
    const changed = checkEnvironment({ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD: 'another horse' });
    await new AuthService(users, tokens, new LoginThrottle(new NoPeers()), changed).onModuleInit();
    await expect(tokens.verify(token)).rejects.toThrow('All earlier tokens of this account were revoked');
    await auth.onModuleInit();
  });

  test("does not start if the administrator's name is that of an app or was that of an account", async () => {
    const used = new InMemoryStore(10);
    await used.users.add({ username: 'bob', passwordHash: '', roles: [], topics: [] });
    await used.apps.add(newApp({ name: 'ada', owner: 'bob' }), MANY);
    await used.removeAccount('bob');
    const start = (ADMIN_USERNAME: string): Promise<void> => {
      const changed = checkEnvironment({ ADMIN_USERNAME });
      return new AuthService(used.users, tokens, new LoginThrottle(new NoPeers()), changed).onModuleInit();
    };
    await expect(start('ada')).rejects.toThrow(/^ADMIN_USERNAME: ada is the name of an app/);
    await expect(start('bob')).rejects.toThrow(/^ADMIN_USERNAME: bob is the name/);
    await expect(start('cleo')).resolves.toBeUndefined();
  });

  test('answers an unknown account like a wrong password, after the same work', async () => {
    const wrong: unknown = await auth.login('ada', 'wrong', '10.0.0.2').catch((error: unknown) => error);
    const unknown: unknown = await auth.login('eve', 'wrong', '10.0.0.2').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'invalid_credentials' });
    expect(unknown).toEqual(wrong);
    const [first, second, ...more] = verifyPassword.mock.calls;
    expect(second).toEqual(first);
    expect(more).toEqual([]);
  });

  test('remembers the network of successful sign-ins only', async () => {
    await auth.login('ada', 'correct horse', '2001:db8::1');
    await auth.login('ada', 'wrong', '10.0.0.3').catch(() => undefined);
    expect((await users.find('ada'))?.knownNetworks).toEqual(['2001:db8:0:0::/64', '10.0.0.1']);
  });

  test('admits the administrator from a known network while a thousand networks guess', async () => {
    // A cheap hash, since this test is only about the order.
    const passwordHash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$3dIlJG5VCW8etEa3+YKiSRiy8TeYVkwAyPmE3ESacMs';
    await users.add({ username: 'grace', passwordHash, roles: ['admin'], topics: [], knownNetworks: ['10.0.0.1'] });
    const guesses = Array.from({ length: 1000 }, (_, n) =>
      auth.login('grace', `guess ${n}`, `10.1.${n >> 8}.${n & 255}`),
    );
    const login = auth.login('grace', 'cheap horse', '10.0.0.1');
    await expect(login).resolves.toMatchObject({ expiresInSeconds: 60 });
    const refusals = (await Promise.allSettled(guesses)).map(
      (result) => (result as PromiseRejectedResult).reason as Error,
    );
    const hashed = refusals.filter((error) => isRefusal(error, 'invalid_credentials'));
    expect([refusals.length, hashed.length]).toEqual([1000, 2 + 16]);
  });

  test.each(['eve', 'Ada', 'ada ', '__proto__', 'constructor'])(
    "refuses %j with the administrator's password",
    async (username) => {
      await expect(auth.login(username, 'correct horse', '10.0.0.1')).rejects.toMatchObject({
        code: 'invalid_credentials',
      });
    },
  );
});
