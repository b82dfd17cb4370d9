import { type Account, ADMIN_ROLE, type Membership, TOPICS_MAX } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { invalidToken } from '../auth/auth-refusals.js';
import { membershipOf } from '../auth/membership.js';
import { hashPassword } from '../auth/password-hash.js';
import { withoutTokens } from '../auth/signed-out.js';
import { Store } from '../repository/store.js';
import type { User } from '../repository/user-repository.js';
import { ownAccount, ownRole, tooManyTopics, unknownAccount, usernameTaken } from './accounts-refusals.js';

/** An administrator's change to an account; absent fields stay unchanged. */
export interface AccountChange {
  roles?: string[];
  topics?: string[];
  password?: string;
}

/** Manages accounts and their topics. Connections follow changes through the repository's event. */
@Injectable()
export class AccountsService {
  constructor(private readonly store: Store) {}

  /** Up to `limit` accounts by name, only those behind the name `after` with `part` in their name, a role or a topic. */
  async list(limit: number, after?: string, part = ''): Promise<Account[]> {
    return (await this.store.users.list(limit, after, part)).map(answerOf);
  }

  /** @throws Refusal username_taken | sign_ins_busy */
  async create(username: string, password: string, roles: string[], topics: string[] = []): Promise<Account> {
    const user: User = { username, passwordHash: await hashPassword(password), roles, topics };
    if (!(await this.store.users.add(user))) throw usernameTaken(username);
    return answerOf(user);
  }

  /** @throws Refusal unknown_account | own_role | sign_ins_busy */
  async change(username: string, { roles, topics, password }: AccountChange, by: string): Promise<Account> {
    if (username === by && roles?.includes(ADMIN_ROLE) === false) {
      throw ownRole();
    }
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const user = await this.store.users.update(username, (known) => ({
      ...(passwordHash === undefined ? known : { ...withoutTokens(known), passwordHash }),
      roles: roles ?? known.roles,
      topics: topics ?? known.topics,
    }));
    if (user === undefined) throw unknownAccount(username);
    return answerOf(user);
  }

  /**
   * Removes an account and its private data. Its tokens are refused and its connections closed at once: each check of a
   * token looks up the account, and connections follow the repository's event.
   * @throws Refusal unknown_account | own_account
   */
  async remove(username: string, by: string): Promise<void> {
    if (username === by) throw ownAccount();
    if (!(await this.store.removeAccount(username))) throw unknownAccount(username);
  }

  /** Adds a topic. @throws Refusal too_many_topics | invalid_token */
  followTopic(username: string, topic: string): Promise<Membership> {
    return this.#changeTopics(username, (topics) => {
      if (topics.includes(topic)) return topics;
      if (topics.length >= TOPICS_MAX) throw tooManyTopics(TOPICS_MAX);
      return [...topics, topic];
    });
  }

  /** Removes a topic. @throws Refusal invalid_token */
  unfollowTopic(username: string, topic: string): Promise<Membership> {
    return this.#changeTopics(username, (topics) =>
      topics.includes(topic) ? topics.filter((one) => one !== topic) : topics,
    );
  }

  async #changeTopics(username: string, change: (topics: readonly string[]) => readonly string[]): Promise<Membership> {
    const user = await this.store.users.update(username, (known) => {
      const topics = change(known.topics);
      return topics === known.topics ? known : { ...known, topics };
    });
    if (user === undefined) throw invalidToken('The account of this token no longer exists');
    return membershipOf(user);
  }
}

/** An account as the API returns it, without its secrets. */
function answerOf({ username, roles, topics, lastSeenAt }: User): Account {
  return { username, roles: [...roles], topics: [...topics], ...(lastSeenAt !== undefined && { lastSeenAt }) };
}
