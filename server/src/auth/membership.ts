import { channelsOf } from '../../../protocol/channels.js';
import type { Membership } from '../../../protocol/http.js';
import type { User } from '../repository/user-repository.js';

/** What a user belongs to, for an answer. */
export function membershipOf(user: User): Membership {
  return { roles: [...user.roles], topics: [...user.topics], channels: channelsOf(user) };
}
