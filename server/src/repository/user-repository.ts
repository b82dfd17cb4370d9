export interface User {
  readonly username: string;
  /** PHC string; never leaves the rooms auth and accounts. */
  readonly passwordHash: string;
  readonly roles: readonly string[];
  /** Incremented when all tokens of the account are revoked: tokens of another generation are invalid. Absent: 0. */
  readonly generation?: number;
  /** Revoked sign-ins by id, each with the instant until which it has to be kept, in milliseconds since 1970. */
  readonly signedOut?: ReadonlyMap<string, number>;
  /** Networks from which somebody has signed in, the most recently used first. The caller bounds their number. */
  readonly knownNetworks?: readonly string[];
  /** Topics that the user has subscribed to. */
  readonly topics: readonly string[];
}

export type UserListener = (username: string) => void;

/**
 * The people and programs that may sign in. What every adapter guarantees:
 * - `add` and `update` are atomic: of two at once, the second sees what the first has stored.
 * - listeners hear of every user that was added, changed or removed, once it is stored, also by another process. They
 *   are told the name alone: what holds now is found in the repository. A listener must not throw.
 */
export abstract class UserRepository {
  abstract find(username: string): Promise<User | undefined>;
  /** All users, by name. */
  abstract list(): Promise<User[]>;
  /**
   * A name is given once: what was sent to one who was removed, and their tokens, must not fall to another.
   * @returns false, and adds nothing, when the name is or was taken
   */
  abstract add(user: User): Promise<boolean>;
  /**
   * Stores what `change` makes of the user, whose name stays. Where it makes the same object, nothing has changed.
   * What it throws is passed on, and nothing is stored.
   * @returns the user as stored; undefined when there is none of that name
   */
  abstract update(username: string, change: (user: User) => User): Promise<User | undefined>;
  /** @returns a function that ends the subscription */
  abstract onChanged(listener: UserListener): () => void;
}
