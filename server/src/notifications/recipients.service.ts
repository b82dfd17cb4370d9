import { ADMIN_ROLE, type Recipients } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import { UserRepository } from '../repository/user-repository.js';
import { loopShare } from '../timing/loop-share.js';
import { FirstNames } from './first-names.js';

/** Finds the users, roles and topics that a person may send to, by the same rights as `checkRights`. */
@Injectable()
export class RecipientsService {
  constructor(private readonly users: UserRepository) {}

  /** @param part part of the names; empty matches all. @throws Refusal invalid_token */
  async find(username: string, part: string): Promise<Recipients> {
    const { roles, topics } = await accountOf({ username }, this.users);
    if (!roles.includes(ADMIN_ROLE)) return { everyone: false, users: [], roles: [], topics: named(topics, part) };
    const [users, foundRoles, foundTopics] = [new FirstNames(part), new FirstNames(part), new FirstNames(part)];
    // In slices: there may be thousands of accounts, and each typed letter triggers a search.
    for (const user of await this.users.list()) {
      users.consider(user.username);
      user.roles.forEach((role) => foundRoles.consider(role));
      user.topics.forEach((topic) => foundTopics.consider(topic));
      if (loopShare.isUsedUp()) await loopShare.next();
    }
    return { everyone: true, users: users.names, roles: foundRoles.names, topics: foundTopics.names };
  }
}

function named(names: readonly string[], part: string): string[] {
  const found = new FirstNames(part);
  for (const name of names) found.consider(name);
  return found.names;
}
