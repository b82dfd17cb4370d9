import { Injectable } from '@nestjs/common';
import { ADMIN_ROLE } from '../../../protocol/channels.js';
import { accountOf } from '../auth/account-of.js';
import { Environment } from '../config/environment.js';
import { UserRepository } from '../repository/user-repository.js';
import { TokenBucket } from '../timing/token-bucket.js';
import { TooManySendsError } from './notification-errors.js';
import { BATCH_MAX } from './send-notification.dto.js';

/** Buckets kept before those that are full are forgotten. */
const FORGET_ABOVE = 1000;

/** How much each person or program may still send. Administrators may send any number. Counted by this process alone. */
@Injectable()
export class SendAllowance {
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly users: UserRepository,
    private readonly environment: Environment,
  ) {}

  /**
   * Counts what someone is about to send.
   * @param count 1 to `BATCH_MAX`
   * @throws TooManySendsError when it is more than they may, and then counts nothing of it
   * @throws InvalidTokenError
   */
  async take(username: string, count: number): Promise<void> {
    const { roles } = await accountOf({ username }, this.users);
    if (roles.includes(ADMIN_ROLE)) return;
    const perSecond = this.environment.SENDS_PER_SECOND_PER_USER;
    const bucket = this.#buckets.get(username) ?? this.#fullBucket(username, perSecond);
    if (bucket.take(performance.now(), count)) return;
    throw new TooManySendsError(perSecond, BATCH_MAX, Math.ceil(bucket.waitMs(performance.now(), count) / 1000));
  }

  #fullBucket(username: string, perSecond: number): TokenBucket {
    if (this.#buckets.size >= FORGET_ABOVE) this.#forgetFull();
    // As many as one request may hold, so that one who has rested can always send that.
    const bucket = new TokenBucket(BATCH_MAX, perSecond, performance.now());
    this.#buckets.set(username, bucket);
    return bucket;
  }

  #forgetFull(): void {
    for (const [username, bucket] of this.#buckets) if (bucket.waitMs(performance.now(), BATCH_MAX) === 0) this.#buckets.delete(username);
  }
}
