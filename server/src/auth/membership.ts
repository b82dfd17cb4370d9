import { channelsOf, type Membership } from '@herald/protocol';
import type { User } from '../repository/user-repository.js';

/** Roles, topics and channels of a user, as the API returns them. */
export function membershipOf(user: User): Membership {
  return { roles: [...user.roles], topics: [...user.topics], channels: channelsOf(user) };
}
