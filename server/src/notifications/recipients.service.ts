import { Injectable } from '@nestjs/common';
import { ADMIN_ROLE } from '../../../protocol/channels.js';
import { type Recipients, RECIPIENTS_MAX } from '../../../protocol/recipients.js';
import { accountOf } from '../auth/account-of.js';
import { UserRepository } from '../repository/user-repository.js';

/** Names whom somebody may send to, by the rights that `checkAudience` checks. */
@Injectable()
export class RecipientsService {
  constructor(private readonly users: UserRepository) {}

  /** @param part of the names; empty: any. @throws InvalidTokenError */
  async find(username: string, part: string): Promise<Recipients> {
    const { roles, topics } = await accountOf({ username }, this.users);
    if (!roles.includes(ADMIN_ROLE)) return { everyone: false, users: [], roles: [], topics: named(topics, part) };
    const all = await this.users.list();
    return {
      everyone: true,
      users: named(all.map((user) => user.username), part),
      roles: named(all.flatMap((user) => user.roles), part),
      topics: named(all.flatMap((user) => user.topics), part),
    };
  }
}

/** Those with this part in their names, each once: those that begin with it ahead, and otherwise by name. */
function named(names: readonly string[], part: string): string[] {
  const wanted = part.toLowerCase();
  const found = [...new Set(names)].filter((name) => name.toLowerCase().includes(wanted)).sort();
  const begins = (name: string): boolean => name.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((name) => !begins(name))].slice(0, RECIPIENTS_MAX);
}
