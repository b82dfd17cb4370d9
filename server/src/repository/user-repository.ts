/** An account. It is plain JSON, as it is stored. */
export interface User {
  readonly username: string;
  /** PHC string; never leaves the rooms auth and accounts. */
  readonly passwordHash: string;
  readonly roles: readonly string[];
  /** Incremented when all tokens of the account are revoked: tokens of another generation are invalid. Absent: 0. */
  readonly generation?: number;
  /** Revoked sign-ins by id, each with the instant until which it has to be kept, in milliseconds since 1970. */
  readonly signedOut?: Readonly<Record<string, number>>;
  /** Networks from which somebody has signed in, the most recently used first. The caller bounds their number. */
  readonly knownNetworks?: readonly string[];
  /** When the user was last connected, to the hour, in ISO 8601. Absent: never. */
  readonly lastSeenAt?: string;
  /** Topics that the user has subscribed to. */
  readonly topics: readonly string[];
}

/** Names of users, and of the roles and topics that users have. */
export interface Names {
  users: string[];
  roles: string[];
  topics: string[];
}

export type UserListener = (username: string) => void;

/**
 * The people and programs that may sign in. Every adapter guarantees:
 * - `add` and `update` are atomic: of two at once, the second sees what the first has stored.
 * - listeners hear of every user that was added, changed or removed, once that is stored, also by another process. They
 *   get the name only, and look up the present state. A listener must not throw.
 */
export abstract class UserRepository {
  abstract find(username: string): Promise<User | undefined>;
  /**
   * Up to `limit` users by name, in the order of UTF-16 code units; only those behind the name `after`.
   * @param part only users whose name, or the name of one of whose roles or topics, contains it in any case
   */
  abstract list(limit: number, after?: string, part?: string): Promise<User[]>;
  /**
   * Names that contain `part`, in any case: those that begin with it, then the others, each by name. An empty part
   * matches all.
   * @param limit of each kind of name
   */
  abstract namesLike(part: string, limit: number): Promise<Names>;
  /**
   * A name is used once: nobody else may get the notifications and tokens of a removed account.
   * @returns false, and adds nothing, if the name is or was in use
   */
  abstract add(user: User): Promise<boolean>;
  /**
   * Stores the result of `change`, which keeps the name. The same object means no change. If `change` throws, nothing
   * is stored, and its error is passed on.
   * @param change a pure function; it may be called several times
   * @returns the user as stored; undefined if there is no such user
   */
  abstract update(username: string, change: (user: User) => User): Promise<User | undefined>;
  /** @returns a function that ends the subscription */
  abstract onChanged(listener: UserListener): () => void;
}
