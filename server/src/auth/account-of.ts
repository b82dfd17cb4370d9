import type { User, UserRepository } from '../repository/user-repository.js';
import { InvalidTokenError } from './auth-errors.js';
import type { Principal } from './principal.js';

/** By a change of the password, or after more sign-outs than are remembered. */
const EARLIER_REFUSED = 'All tokens of this account from before were signed out; sign in again';

/** The account that a principal speaks for, as it is now. @throws InvalidTokenError when it has been removed */
export async function accountOf({ username }: Pick<Principal, 'username'>, users: UserRepository): Promise<User> {
  const user = await users.find(username);
  if (user === undefined) throw new InvalidTokenError('The account of this token no longer exists');
  return user;
}

/**
 * The account of a token. It is looked up each time: what happened to it since must count at once.
 * @throws InvalidTokenError when it has been removed, the token was signed out, or all that were issued until some later moment
 */
export async function accountOfToken(principal: Pick<Principal, 'username' | 'tokenId' | 'issuedAt'>, users: UserRepository): Promise<User> {
  const user = await accountOf(principal, users);
  if (user.signedOut?.has(principal.tokenId) === true) throw new InvalidTokenError('This token was signed out');
  if (principal.issuedAt < (user.tokensFrom ?? 0) * 1000) throw new InvalidTokenError(EARLIER_REFUSED);
  return user;
}
