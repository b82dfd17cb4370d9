import { jest } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

const CAPACITY = 20_000;
const NOW = Date.UTC(2026, 0, 31, 8);
const CLAIMS = { id: 'of a.b.c', sub: 'ada', exp: NOW / 1000 + 60 };

describe('VerifiedTokens', () => {
  let verified: VerifiedTokens;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    verified = new VerifiedTokens();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('recalls the claims of a token, and of no other', () => {
    verified.remember('a.b.c', CLAIMS);
    expect(verified.recall('a.b.c')).toEqual(CLAIMS);
    expect(verified.recall('a.b.C')).toBeUndefined();
    expect(verified.recall('')).toBeUndefined();
  });

  test('forgets a token in the moment it expires', () => {
    verified.remember('a.b.c', CLAIMS);
    jest.setSystemTime(CLAIMS.exp * 1000 - 1);
    expect(verified.recall('a.b.c')).toEqual(CLAIMS);
    jest.setSystemTime(CLAIMS.exp * 1000);
    expect(verified.recall('a.b.c')).toBeUndefined();
    expect(verified.size).toBe(0);
  });

  test('never holds more than its capacity; the one used longest ago goes first', () => {
    for (let n = 0; n < CAPACITY; n++) verified.remember(`token ${n}`, CLAIMS);
    verified.recall('token 0');
    verified.remember('one more', CLAIMS);
    expect(verified.size).toBe(CAPACITY);
    expect(verified.recall('token 0')).toEqual(CLAIMS);
    expect(verified.recall('token 1')).toBeUndefined();
  });
});
