import { ADMIN_ROLE, type Recipients, RECIPIENTS_MAX } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import { FirstNames } from '../repository/first-names.js';
import { UserRepository } from '../repository/user-repository.js';

/** Finds the users, roles and topics that a person may send to, by the same rights as `allowedAudience`. */
@Injectable()
export class RecipientsService {
  constructor(private readonly users: UserRepository) {}

  /** @param part part of the names; empty matches all. @throws Refusal invalid_token */
  async find(username: string, part: string): Promise<Recipients> {
    const { roles, topics } = await accountOf({ username }, this.users);
    if (!roles.includes(ADMIN_ROLE)) return { everyone: false, users: [], roles: [], topics: matching(topics, part) };
    return { everyone: true, ...(await this.users.namesLike(part, RECIPIENTS_MAX)) };
  }
}

function matching(names: readonly string[], part: string): string[] {
  const found = new FirstNames(part, RECIPIENTS_MAX);
  for (const name of names) found.consider(name);
  return found.names;
}
