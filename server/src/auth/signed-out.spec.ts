import { jest } from '@jest/globals';
import type { User } from '../repository/user-repository.js';
import type { Principal } from './principal.js';
import { withoutToken } from './signed-out.js';

const NOW = Date.UTC(2026, 0, 31, 8);
const ADA: User = { username: 'ada', passwordHash: '', roles: [], topics: [] };
const token = (tokenId: string, lifetimeMs = 1000): Principal => ({ username: 'ada', tokenId, issuedAt: NOW, signedInAt: NOW, expiresAt: NOW + lifetimeMs });

describe('withoutToken', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('adds the token to those that are refused, and changes nothing else', () => {
    const user = withoutToken(withoutToken(ADA, token('a')), token('b'));
    expect(user).toEqual({ ...ADA, signedOut: new Map([['a', NOW + 1000], ['b', NOW + 1000]]) });
  });

  test('forgets those that have expired', () => {
    const user = withoutToken(withoutToken(ADA, token('a', 500)), token('b', 5000));
    jest.setSystemTime(NOW + 500);
    expect([...withoutToken(user, token('c')).signedOut!.keys()]).toEqual(['b', 'c']);
  });

  test('refuses all that were issued so far, rather than to remember any number', () => {
    let user = ADA;
    for (let n = 0; n < 5000; n++) user = withoutToken(user, token(`t${n}`));
    expect([user.signedOut!.size, user.tokensFrom]).toEqual([5000, undefined]);
    expect(withoutToken(user, token('last'))).toEqual({ ...ADA, signedOut: new Map(), tokensFrom: NOW / 1000 + 1 });
  });
});
