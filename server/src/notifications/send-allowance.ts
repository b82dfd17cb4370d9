import { ADMIN_ROLE } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import type { Sender } from '../auth/sender.js';
import { SpreadCount } from '../auth/spread-count.js';
import { Environment } from '../config/environment.js';
import { Peers } from '../repository/peers.js';
import { UserRepository } from '../repository/user-repository.js';
import { TokenBuckets } from '../timing/token-buckets.js';
import { tooManySends } from './notification-refusals.js';
import { BATCH_MAX } from './send-notification.dto.js';

/** Size of a body that counts as one notification, since reading and parsing take time, too. */
const BYTES_OF_ONE = 64 * 1024;

/**
 * Bounds the rate of each user's sends, including those of their apps. Administrators have no limit, but each of their
 * apps has one. The limit holds over all processes with the store, see `SpreadCount`.
 */
@Injectable()
export class SendAllowance {
  readonly #buckets: TokenBuckets;

  constructor(
    private readonly users: UserRepository,
    private readonly environment: Environment,
    peers: Peers,
  ) {
    // The size of the largest batch, so that a sender with a full bucket can always send one.
    const spread = new SpreadCount(peers, 'sends', (key, count) => this.#buckets.spend(key, count));
    this.#buckets = new TokenBuckets(BATCH_MAX, environment.SENDS_PER_SECOND_PER_USER, (key, count) =>
      spread.add(key, count),
    );
  }

  /**
   * Charges a request against the sender's rate.
   * @param count 1 to `BATCH_MAX`
   * @param bodyBytes size of the body; each started 64 KB count as one notification, if that exceeds `count`
   * @throws Refusal too_many_sends when the rate does not cover the request; then only complete 64 KB count
   * @throws Refusal invalid_token
   */
  async take(sender: Sender, count: number, bodyBytes = 0): Promise<void> {
    if (!(await this.#isBound(sender))) return;
    const bucket = bucketOf(sender);
    const cost = Math.max(count, costOfReading(bodyBytes));
    if (this.#buckets.take(bucket, cost) === 0) return;
    // The server has read and parsed the body nevertheless.
    this.#buckets.take(bucket, Math.floor(bodyBytes / BYTES_OF_ONE));
    this.#refuseAfter(this.#buckets.waitMs(bucket, cost));
  }

  /**
   * Refuses a sender whose rate does not cover a body of that size, before the server reads it.
   * @throws Refusal too_many_sends | invalid_token
   */
  async check(sender: Sender, bodyBytes: number): Promise<void> {
    if (!(await this.#isBound(sender))) return;
    this.#refuseAfter(this.#buckets.waitMs(bucketOf(sender), costOfReading(bodyBytes)));
  }

  async #isBound({ name, app }: Sender): Promise<boolean> {
    return app !== undefined || !(await accountOf({ username: name }, this.users)).roles.includes(ADMIN_ROLE);
  }

  #refuseAfter(waitMs: number): void {
    if (waitMs > 0) throw tooManySends(this.environment.SENDS_PER_SECOND_PER_USER, BATCH_MAX, Math.ceil(waitMs / 1000));
  }
}

/** A user and their apps share a bucket, so that nobody gets more by making apps. */
function bucketOf({ name, owner }: Sender): string {
  return owner ?? name;
}

function costOfReading(bodyBytes: number): number {
  return Math.max(1, Math.ceil(bodyBytes / BYTES_OF_ONE));
}
