import type { User } from '../repository/user-repository.js';
import type { Principal } from './principal.js';

/** Sign-ins of one account that are known to be signed out; beyond that, all tokens that it has are refused. */
const SIGNED_OUT_MAX = 5000;
/** A sign-out is remembered so much longer than its tokens live: a clock that is wrong for hours makes none good again. */
const MARGIN_MS = 86_400_000;

/**
 * The account with one sign-in more that is refused, and without those whose tokens have expired.
 * @param lifetimeMs how long a token lives that is issued now
 */
export function withoutSession(user: User, { sessionId, expiresAt }: Principal, lifetimeMs: number): User {
  const now = Date.now();
  const still = [...(user.signedOut ?? [])].filter(([, until]) => until > now);
  if (still.length >= SIGNED_OUT_MAX) return withoutTokens(user);
  const until = Math.max(expiresAt, now + lifetimeMs) + MARGIN_MS;
  return { ...user, signedOut: new Map([...still, [sessionId, until]]) };
}

/** The account with all the tokens refused that it has. */
export function withoutTokens(user: User): User {
  return { ...user, generation: generationOf(user) + 1, signedOut: new Map() };
}

/** Of the tokens that the account gets now. */
export function generationOf({ generation = 0 }: User): number {
  return generation;
}
