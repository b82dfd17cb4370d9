import type { User, UserRepository } from '../repository/user-repository.js';
import { invalidToken } from './auth-refusals.js';
import type { Principal } from './principal.js';
import { generationOf } from './signed-out.js';

/** The reason is a password change, or more sign-outs than an account keeps. */
const EARLIER_REVOKED = 'All earlier tokens of this account were revoked; sign in again';

/** The current account of a principal. @throws Refusal invalid_token when it has been removed */
export async function accountOf({ username }: Pick<Principal, 'username'>, users: UserRepository): Promise<User> {
  const user = await users.find(username);
  if (user === undefined) throw invalidToken('The account of this token no longer exists');
  return user;
}

/**
 * The account of a token, looked up each time, so that changes to it take effect at once.
 * @throws Refusal invalid_token when the account was removed, or the sign-in of the token was revoked, alone or with
 * all others of the account
 */
export async function accountOfToken(principal: Principal, users: UserRepository): Promise<User> {
  const user = await accountOf(principal, users);
  if (Object.hasOwn(user.signedOut ?? {}, principal.sessionId)) throw invalidToken('This token was signed out');
  if (principal.generation !== generationOf(user)) throw invalidToken(EARLIER_REVOKED);
  return user;
}
