import { jest } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { createHmac } from 'node:crypto';
import { checkEnvironment } from '../config/read-environment.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { invalidToken } from './auth-refusals.js';
import { withoutTokens } from './signed-out.js';
import { TOKEN_ALGORITHM } from './token-signature.js';
import { TokenService } from './token.service.js';
import { AppKeys } from './app-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

const SECRET = 'secret-of-the-test';
const NOW = Date.UTC(2026, 0, 31, 8);
const IN_AN_HOUR = NOW / 1000 + 3600;
const environment = checkEnvironment({ TOKEN_TTL_SECONDS: '3600' });

/** A token made by hand, so that it may be invalid in any way. */
function signed(claims: unknown, header: object = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
  const [head, body] = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const { alg } = header as { alg: string };
  if (alg === 'none') return `${head}.${body}.`;
  const signature = createHmac(alg.replace('HS', 'sha'), secret).update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}

/** Defaults for the claims of a valid token, without subject and expiry. */
const soundOf = (store: string): object => ({
  iat: NOW / 1000,
  auth_time: NOW / 1000,
  jti: 'j',
  sid: 's',
  gen: 0,
  store,
});

describe('TokenService', () => {
  let tokens: TokenService;
  let store: InMemoryStore;
  let users: InMemoryStore['users'];
  let jwt: JwtService;
  let check: jest.SpiedFunction<JwtService['verifyAsync']>;

  beforeEach(async () => {
    jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    store = new InMemoryStore(10);
    ({ users } = store);
    await users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] });
    // Same options as in auth.module.ts; test/refusals.spec.ts tests them over HTTP.
    jwt = new JwtService({
      secret: SECRET,
      signOptions: { algorithm: TOKEN_ALGORITHM },
      verifyOptions: { algorithms: [TOKEN_ALGORITHM] },
    });
    check = jest.spyOn(jwt, 'verifyAsync');
    tokens = new TokenService(jwt, store, environment, new VerifiedTokens(), new AppKeys(store));
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function tokenOf(claims: object, header?: object, secret?: string): string {
    return signed({ ...soundOf(store.id), ...claims }, header, secret);
  }

  const issue = async () => tokens.issue((await users.find('ada'))!);

  test('accepts its own token with the announced lifetime', async () => {
    const { token, expiresInSeconds } = await issue();
    expect(expiresInSeconds).toBe(3600);
    expect(await tokens.verify(token)).toEqual({
      username: 'ada',
      sessionId: expect.any(String),
      generation: 0,
      signedInAt: NOW,
      expiresAt: IN_AN_HOUR * 1000,
    });
  });

  test('refuses a token from its expiry on', async () => {
    const { token } = await issue();
    jest.setSystemTime(IN_AN_HOUR * 1000 - 1);
    await expect(tokens.verify(token)).resolves.toMatchObject({ username: 'ada' });
    jest.setSystemTime(IN_AN_HOUR * 1000);
    await expect(tokens.verify(token)).rejects.toThrow(invalidToken('The token has expired'));
  });

  test.each([undefined, ''])('requires a token instead of %j', async (absent) => {
    await expect(tokens.verify(absent)).rejects.toThrow(invalidToken('A bearer token is required'));
  });

  test('accepts a valid token made by hand, the basis of the refused ones below', async () => {
    await expect(tokens.verify(tokenOf({ sub: 'ada', exp: IN_AN_HOUR }))).resolves.toMatchObject({ username: 'ada' });
  });

  test.each<[string, () => string]>([
    ['a foreign signature', () => tokenOf({ sub: 'ada', exp: IN_AN_HOUR }, undefined, 'another secret')],
    ['no algorithm', () => tokenOf({ sub: 'ada', exp: IN_AN_HOUR }, { alg: 'none' })],
    ['another algorithm, with our own secret', () => tokenOf({ sub: 'ada', exp: IN_AN_HOUR }, { alg: 'HS512' })],
    ['no subject', () => tokenOf({ exp: IN_AN_HOUR })],
    ['a subject that is no name', () => tokenOf({ sub: { $ne: '' }, exp: IN_AN_HOUR })],
    ['no expiry', () => tokenOf({ sub: 'ada' })],
    ['an expiry that is no number', () => tokenOf({ sub: 'ada', exp: 'never' })],
    ['an expiry beyond what a date holds', () => tokenOf({ sub: 'ada', exp: 8.64e12 + 1 })],
    ['a time before which it is not valid', () => tokenOf({ sub: 'ada', exp: IN_AN_HOUR, nbf: IN_AN_HOUR - 60 })],
    ['nothing but a subject and an expiry', () => signed({ sub: 'ada', exp: IN_AN_HOUR })],
    ['null for claims', () => signed(null)],
    ['a list for claims', () => signed([])],
    ['text for claims', () => signed('ada')],
    [
      'a changed body',
      () => tokenOf({ sub: 'eve', exp: IN_AN_HOUR }).replace(/\.(.*)\./, `.${btoa('{"sub":"ada"}')}.`),
    ],
    ['two parts', () => 'one.two'],
    ['no form at all', () => 'nonsense'],
  ])('refuses a token with %s, without details', async (_, make) => {
    await expect(tokens.verify(make())).rejects.toThrow(invalidToken('The token is not valid'));
  });

  test('refuses a token of another store, such as from before a restart with a store in memory', async () => {
    const before = new TokenService(jwt, new InMemoryStore(10), environment, new VerifiedTokens(), new AppKeys(store));
    const { token } = await before.issue((await users.find('ada'))!);
    const said = 'The server was restarted and has lost this sign-in. Sign in again';
    await expect(tokens.verify(token)).rejects.toThrow(invalidToken(said));
  });

  test('accepts a token after a restart with a durable store', async () => {
    const { token } = await issue();
    const after = new TokenService(jwt, store, environment, new VerifiedTokens(), new AppKeys(store));
    await expect(after.verify(token)).resolves.toMatchObject({ username: 'ada' });
  });

  test('refuses a renewed token after its predecessor is signed out, and vice versa', async () => {
    for (const signsOut of [0, 1]) {
      const first = (await issue()).token;
      const renewed = (await tokens.renew(await tokens.verify(first))).token;
      const again = (await tokens.renew(await tokens.verify(renewed))).token;
      const other = (await issue()).token;
      await tokens.signOut(await tokens.verify([first, again][signsOut]));
      for (const token of [first, renewed, again]) {
        await expect(tokens.verify(token)).rejects.toThrow(invalidToken('This token was signed out'));
      }
      await expect(tokens.verify(other)).resolves.toMatchObject({ username: 'ada' });
    }
  });

  test('refuses a token from a clock an hour fast after the password changes', async () => {
    jest.setSystemTime(NOW + 3_600_000);
    const { token } = await issue();
    jest.setSystemTime(NOW);
    await users.update('ada', withoutTokens);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'invalid_token' });
    await expect(tokens.verify((await issue()).token)).resolves.toMatchObject({ username: 'ada' });
  });

  test('refuses a token of an unknown account', async () => {
    const token = tokenOf({ sub: 'grace', exp: IN_AN_HOUR });
    await expect(tokens.verify(token)).rejects.toThrow(invalidToken('The account of this token no longer exists'));
  });

  test('issues unique tokens, even within one second', async () => {
    expect((await issue()).token).not.toBe((await issue()).token);
  });

  test('checks the signature of a token once, and looks up its account each time', async () => {
    const { token } = await issue();
    const find = jest.spyOn(users, 'find');
    for (let n = 0; n < 10; n++) await tokens.verify(token);
    expect(check).toHaveBeenCalledTimes(1);
    expect(find).toHaveBeenCalledTimes(10);
  });

  test('refuses an accepted token after the password changes, and accepts tokens issued later', async () => {
    const { token } = await issue();
    await tokens.verify(token);
    await users.update('ada', withoutTokens);
    await expect(tokens.verify(token)).rejects.toThrow(
      invalidToken('All earlier tokens of this account were revoked; sign in again'),
    );
    const { token: fresh } = await issue();
    await expect(tokens.verify(fresh)).resolves.toMatchObject({ username: 'ada' });
  });

  test('issues an invalid token if the password changes while it is checked', async () => {
    const before = (await users.find('ada'))!;
    await users.update('ada', withoutTokens);
    const { token } = await tokens.issue(before);
    await expect(tokens.verify(token)).rejects.toThrow(
      invalidToken('All earlier tokens of this account were revoked; sign in again'),
    );
  });

  test('does not remember a refused token', async () => {
    const token = tokenOf({ sub: 'ada', exp: IN_AN_HOUR }, undefined, 'another secret');
    for (let n = 0; n < 3; n++) await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'invalid_token' });
    expect(check).toHaveBeenCalledTimes(3);
    expect(tokens.recall(token)).toBeUndefined();
  });

  test('refuses an accepted token after its account is removed', async () => {
    const { token } = await issue();
    await tokens.verify(token);
    jest.spyOn(users, 'find').mockResolvedValue(undefined);
    await expect(tokens.verify(token)).rejects.toThrow(invalidToken('The account of this token no longer exists'));
  });
});
