export interface User {
  readonly username: string;
  /** PHC string; never leaves the auth room. */
  readonly passwordHash: string;
}

/** The people and programs that may sign in. */
export abstract class UserRepository {
  abstract find(username: string): Promise<User | undefined>;
  /** Adds the user, or replaces the one of that name. */
  abstract save(user: User): Promise<void>;
}
