import { jest } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

const CAPACITY = 20_000;
const NOW = Date.UTC(2026, 0, 31, 8);
const ADA = { username: 'ada', sessionId: 's', generation: 0, signedInAt: NOW, expiresAt: NOW + 60_000 };

describe('VerifiedTokens', () => {
  let verified: VerifiedTokens;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    verified = new VerifiedTokens();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('recalls the principal of a remembered token only, as the same object each time', () => {
    verified.remember('a.b.c', ADA);
    expect(verified.recall('a.b.c')).toBe(ADA);
    expect(verified.recall('a.b.C')).toBeUndefined();
    expect(verified.recall('')).toBeUndefined();
  });

  test('forgets a token at the moment of its expiry', () => {
    verified.remember('a.b.c', ADA);
    jest.setSystemTime(ADA.expiresAt - 1);
    expect(verified.recall('a.b.c')).toEqual(ADA);
    jest.setSystemTime(ADA.expiresAt);
    expect(verified.recall('a.b.c')).toBeUndefined();
    expect(verified.size).toBe(0);
  });

  test('drops the least recently used token beyond its capacity', () => {
    for (let n = 0; n < CAPACITY; n++) verified.remember(`token ${n}`, ADA);
    verified.recall('token 0');
    verified.remember('one more', ADA);
    expect(verified.size).toBe(CAPACITY);
    expect(verified.recall('token 0')).toEqual(ADA);
    expect(verified.recall('token 1')).toBeUndefined();
  });

  test('drops expired tokens once they are the least recently used', () => {
    for (let n = 0; n < 10; n++) verified.remember(`token ${n}`, ADA);
    jest.setSystemTime(ADA.expiresAt);
    verified.remember('fresh', { ...ADA, expiresAt: ADA.expiresAt + 1 });
    expect(verified.size).toBe(1);
  });
});
