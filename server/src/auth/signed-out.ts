import type { User } from '../repository/user-repository.js';
import type { Principal } from './principal.js';

/** Revoked sign-ins kept for one account; beyond that, all of its tokens are revoked. */
const SIGNED_OUT_MAX = 5000;
/** A sign-out is kept this long after its tokens expire, so that none becomes valid again if the clock is hours off. */
const MARGIN_MS = 86_400_000;

/**
 * The account with one more revoked sign-in, and without those whose tokens have expired.
 * @param lifetimeMs lifetime of a token that is issued now
 */
export function withoutSession(user: User, { sessionId, expiresAt }: Principal, lifetimeMs: number): User {
  const now = Date.now();
  const kept = Object.entries(user.signedOut ?? {}).filter(([, until]) => until > now);
  if (kept.length >= SIGNED_OUT_MAX) return withoutTokens(user);
  const until = Math.max(expiresAt, now + lifetimeMs) + MARGIN_MS;
  return { ...user, signedOut: Object.fromEntries([...kept, [sessionId, until]]) };
}

/** The account with all of its current tokens revoked. */
export function withoutTokens(user: User): User {
  return { ...user, generation: generationOf(user) + 1, signedOut: {} };
}

/** Generation of tokens that are issued now. */
export function generationOf({ generation = 0 }: User): number {
  return generation;
}
