import { Injectable } from '@nestjs/common';
import { ADMIN_ROLE, TOPICS_MAX } from '../../../protocol/channels.js';
import type { Account, Membership } from '../../../protocol/http.js';
import { InvalidTokenError, NotAllowedError } from '../auth/auth-errors.js';
import { membershipOf } from '../auth/membership.js';
import { hashPassword } from '../auth/password-hash.js';
import { withoutTokens } from '../auth/signed-out.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { TooManyTopicsError, UnknownAccountError, UsernameTakenError } from './accounts-errors.js';
import { Removal } from './removal.js';

/** What an administrator changes about an account; what is absent stays. */
export interface AccountChange {
  roles?: string[];
  topics?: string[];
  password?: string;
}

/** Keeps the accounts, and what each of them has subscribed to. Connections follow by the repository's event. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly users: UserRepository,
    private readonly removal: Removal,
  ) {}

  async list(): Promise<Account[]> {
    return (await this.users.list()).map(accountOf);
  }

  /** @throws UsernameTakenError */
  async create(username: string, password: string, roles: string[], topics: string[] = []): Promise<Account> {
    const user: User = { username, passwordHash: await hashPassword(password), roles, topics };
    if (!(await this.users.add(user))) throw new UsernameTakenError(username);
    return accountOf(user);
  }

  /** @throws UnknownAccountError | NotAllowedError when one takes the right to do so from oneself */
  async change(username: string, { roles, topics, password }: AccountChange, by: string): Promise<Account> {
    if (username === by && roles?.includes(ADMIN_ROLE) === false) {
      throw new NotAllowedError(`You can't take the role ${ADMIN_ROLE} from yourself; another administrator can`);
    }
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const user = await this.users.update(username, (known) => ({
      ...(passwordHash === undefined ? known : { ...withoutTokens(known), passwordHash }),
      roles: roles ?? known.roles,
      topics: topics ?? known.topics,
    }));
    if (user === undefined) throw new UnknownAccountError(username);
    return accountOf(user);
  }

  /** @throws UnknownAccountError | NotAllowedError when it is one's own */
  async remove(username: string, by: string): Promise<void> {
    if (username === by) throw new NotAllowedError("You can't remove your own account; another administrator can");
    if (!(await this.removal.remove(username))) throw new UnknownAccountError(username);
  }

  /** @throws TooManyTopicsError | InvalidTokenError */
  subscribe(username: string, topic: string): Promise<Membership> {
    return this.#changeTopics(username, (topics) => {
      if (topics.includes(topic)) return topics;
      if (topics.length >= TOPICS_MAX) throw new TooManyTopicsError(TOPICS_MAX);
      return [...topics, topic];
    });
  }

  /** @throws InvalidTokenError */
  unsubscribe(username: string, topic: string): Promise<Membership> {
    return this.#changeTopics(username, (topics) =>
      topics.includes(topic) ? topics.filter((one) => one !== topic) : topics,
    );
  }

  async #changeTopics(username: string, change: (topics: readonly string[]) => readonly string[]): Promise<Membership> {
    const user = await this.users.update(username, (known) => {
      const topics = change(known.topics);
      return topics === known.topics ? known : { ...known, topics };
    });
    if (user === undefined) throw new InvalidTokenError('The account of this token no longer exists');
    return membershipOf(user);
  }
}

function accountOf({ username, roles, topics }: User): Account {
  return { username, roles: [...roles], topics: [...topics] };
}
