import { Injectable } from '@nestjs/common';
import { channelsOf } from '../../../protocol/channels.js';
import { type UserListener, UserRepository } from '../repository/user-repository.js';
import { accountOfToken } from './account-of.js';
import type { Principal } from './principal.js';

/** Which channels a user reads, and word of every change of that. */
@Injectable()
export class Members {
  constructor(private readonly users: UserRepository) {}

  /** @throws Refusal invalid_token when what the user signed in with does not count any more */
  async channelsOf(principal: Principal): Promise<string[]> {
    return channelsOf(await accountOfToken(principal, this.users));
  }

  /** By whichever request, or process, an account is changed or removed. @returns a function that ends it */
  onChanged(listener: UserListener): () => void {
    return this.users.onChanged(listener);
  }
}
