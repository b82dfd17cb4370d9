import { Injectable } from '@nestjs/common';
import { channelsOf } from '../../../protocol/channels.js';
import { type UserListener, UserRepository } from '../repository/user-repository.js';

/** Which channels a user reads, and word of every change of that. */
@Injectable()
export class Members {
  constructor(private readonly users: UserRepository) {}

  /** @returns undefined when there is no such account (any more) */
  async channelsOf(username: string): Promise<string[] | undefined> {
    const user = await this.users.find(username);
    return user === undefined ? undefined : channelsOf(user);
  }

  /** By whichever request, or process, an account is changed or removed. @returns a function that ends it */
  onChanged(listener: UserListener): () => void {
    return this.users.onChanged(listener);
  }
}
