import type { User } from '../repository/user-repository.js';
import type { Principal } from './principal.js';

/** Tokens of one account that are known to be signed out; beyond that, all that it has are refused. */
const SIGNED_OUT_MAX = 5000;

/** The account with one token more that is refused, and without those that have expired meanwhile. */
export function withoutToken(user: User, { tokenId, expiresAt }: Principal): User {
  const now = Date.now();
  const still = [...(user.signedOut ?? [])].filter(([, until]) => until > now);
  if (still.length >= SIGNED_OUT_MAX) return { ...user, signedOut: new Map(), tokensFrom: Math.floor(now / 1000) + 1 };
  return { ...user, signedOut: new Map([...still, [tokenId, expiresAt]]) };
}
