import { Injectable } from '@nestjs/common';
import { ADMIN_ROLE } from '../../../protocol/channels.js';
import { accountOf } from '../auth/account-of.js';
import { Environment } from '../config/environment.js';
import { UserRepository } from '../repository/user-repository.js';
import { TokenBuckets } from '../timing/token-buckets.js';
import { TooManySendsError } from './notification-errors.js';
import { BATCH_MAX } from './send-notification.dto.js';

/** How much each person or program may still send. Administrators may send any number. Counted by this process alone. */
@Injectable()
export class SendAllowance {
  readonly #buckets: TokenBuckets;

  constructor(
    private readonly users: UserRepository,
    private readonly environment: Environment,
  ) {
    // The size of the largest batch, so that a rested sender can always send one.
    this.#buckets = new TokenBuckets(BATCH_MAX, environment.SENDS_PER_SECOND_PER_USER);
  }

  /**
   * Counts what someone is about to send.
   * @param count 1 to `BATCH_MAX`
   * @throws TooManySendsError when it is more than they may, and then counts nothing of it
   * @throws InvalidTokenError
   */
  async take(username: string, count: number): Promise<void> {
    if (!(await this.#isBound(username))) return;
    this.#refuseAfter(this.#buckets.take(username, count));
  }

  /** Refuses a user whose rate is used up before the server reads a large body. @throws TooManySendsError | InvalidTokenError */
  async check(username: string): Promise<void> {
    if (await this.#isBound(username)) this.#refuseAfter(this.#buckets.waitMs(username, 1));
  }

  async #isBound(username: string): Promise<boolean> {
    return !(await accountOf({ username }, this.users)).roles.includes(ADMIN_ROLE);
  }

  #refuseAfter(waitMs: number): void {
    if (waitMs > 0) throw new TooManySendsError(this.environment.SENDS_PER_SECOND_PER_USER, BATCH_MAX, Math.ceil(waitMs / 1000));
  }
}
