import { channelsOf } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { type UserListener, UserRepository } from '../repository/user-repository.js';
import { accountOfToken } from './account-of.js';
import type { Principal } from './principal.js';

/** Looks up the channels of a user, and reports changes to them. */
@Injectable()
export class ChannelsOfUser {
  constructor(private readonly users: UserRepository) {}

  /** @throws Refusal invalid_token when the token or its account is no longer valid */
  async channelsOf(principal: Principal): Promise<string[]> {
    return channelsOf(await accountOfToken(principal, this.users));
  }

  /** Reports every changed or removed account, from any request or process. @returns a function that unsubscribes */
  onChanged(listener: UserListener): () => void {
    return this.users.onChanged(listener);
  }
}
