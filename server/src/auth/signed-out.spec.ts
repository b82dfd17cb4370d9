import { jest } from '@jest/globals';
import type { User } from '../repository/user-repository.js';
import type { Principal } from './principal.js';
import { withoutSession, withoutTokens } from './signed-out.js';

const NOW = Date.UTC(2026, 0, 31, 8);
const LIFETIME = 1000;
const DAY = 86_400_000;
const ADA: User = { username: 'ada', passwordHash: '', roles: [], topics: [] };
const token = (sessionId: string, lifetimeMs = LIFETIME): Principal => ({
  username: 'ada',
  sessionId,
  generation: 0,
  signedInAt: NOW,
  expiresAt: NOW + lifetimeMs,
});
const signOut = (user: User, principal: Principal): User => withoutSession(user, principal, LIFETIME);

describe('withoutSession', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('adds a revoked sign-in and changes nothing else', () => {
    const user = signOut(signOut(ADA, token('a')), token('b', 500));
    const until = NOW + LIFETIME + DAY;
    expect(user).toEqual({
      ...ADA,
      signedOut: { a: until, b: until },
    });
  });

  test('keeps a revoked sign-in for the lifetime of a token from a clock an hour fast', () => {
    const user = signOut(ADA, token('a', 3_600_000));
    expect(user.signedOut!['a']).toBe(NOW + 3_600_000 + DAY);
  });

  test('drops revoked sign-ins with expired tokens', () => {
    const user = signOut(signOut(ADA, token('a')), token('b', 5000));
    jest.setSystemTime(NOW + LIFETIME + DAY);
    expect(Object.keys(signOut(user, token('c')).signedOut!)).toEqual(['b', 'c']);
  });

  test('revokes all tokens of the account when it has too many revoked sign-ins to keep', () => {
    let user = ADA;
    for (let n = 0; n < 5000; n++) user = signOut(user, token(`t${n}`));
    expect([Object.keys(user.signedOut!).length, user.generation]).toEqual([5000, undefined]);
    expect(signOut(user, token('last'))).toEqual({ ...ADA, signedOut: {}, generation: 1 });
  });
});

test('withoutTokens increments the token generation each time', () => {
  expect([withoutTokens(ADA).generation, withoutTokens(withoutTokens(ADA)).generation]).toEqual([1, 2]);
});
