import type { User, UserRepository } from '../repository/user-repository.js';
import { InvalidTokenError } from './auth-errors.js';
import type { Principal } from './principal.js';

/** The account that a principal speaks for, as it is now. @throws InvalidTokenError when it has been removed */
export async function accountOf({ username }: Pick<Principal, 'username'>, users: UserRepository): Promise<User> {
  const user = await users.find(username);
  if (user === undefined) throw new InvalidTokenError('The account of this token no longer exists');
  return user;
}
