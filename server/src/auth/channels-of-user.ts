import { channelsOf } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { type UserListener, UserRepository } from '../repository/user-repository.js';
import { accountOf, accountOfToken } from './account-of.js';
import { AppKeys } from './app-keys.js';
import { principalOf } from './app-principal.js';
import type { Principal } from './principal.js';

/** Looks up the channels of a user, and reports changes to them. */
@Injectable()
export class ChannelsOfUser {
  constructor(
    private readonly users: UserRepository,
    private readonly keys: AppKeys,
  ) {}

  /** @throws Refusal invalid_token when the token or its account is no longer valid */
  async channelsOf(principal: Principal): Promise<string[]> {
    const byKey = principal.keyHash !== undefined;
    return channelsOf(await (byKey ? accountOf : accountOfToken)(principal, this.users));
  }

  /**
   * The principal itself, or that of its key as it is valid now: another rotation or expiry ends it earlier or later.
   * @throws Refusal invalid_token when the key is no longer valid
   */
  async currentPrincipal(principal: Principal): Promise<Principal> {
    const { keyHash } = principal;
    return keyHash === undefined ? principal : principalOf(await this.keys.recheck(keyHash), keyHash);
  }

  /**
   * Reports every account that changed or was removed, or whose reading keys changed, by any request or process.
   * @returns a function that unsubscribes
   */
  onChanged(listener: UserListener): () => void {
    return this.users.onChanged(listener);
  }
}
