import type { User, UserRepository } from '../repository/user-repository.js';
import type { Principal } from './principal.js';
import { generationOf } from './signed-out.js';
import { invalidToken } from './auth-refusals.js';

/** By a change of the password, or after more sign-outs than are remembered. */
const EARLIER_REFUSED = 'All tokens of this account from before were signed out; sign in again';

/** The account that a principal speaks for, as it is now. @throws Refusal invalid_token when it has been removed */
export async function accountOf({ username }: Pick<Principal, 'username'>, users: UserRepository): Promise<User> {
  const user = await users.find(username);
  if (user === undefined) throw invalidToken('The account of this token no longer exists');
  return user;
}

/**
 * The account of a token. It is looked up each time: what happened to it since must count at once.
 * @throws Refusal invalid_token when the account was removed, or the token's sign-in was signed out, alone or with all others
 */
export async function accountOfToken(principal: Principal, users: UserRepository): Promise<User> {
  const user = await accountOf(principal, users);
  if (user.signedOut?.has(principal.sessionId) === true) throw invalidToken('This token was signed out');
  if (principal.generation !== generationOf(user)) throw invalidToken(EARLIER_REFUSED);
  return user;
}
