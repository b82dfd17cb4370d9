import { ADMIN_ROLE } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { Peers } from '../repository/peers.js';
import { UserRepository } from '../repository/user-repository.js';
import { TokenBuckets } from '../timing/token-buckets.js';
import { accountOf } from './account-of.js';
import { tooManyChanges } from './auth-refusals.js';
import { SpreadCount } from './spread-count.js';

/** Burst of changes, more than a person makes by holding a key for ten seconds. */
const WRITES_AT_ONCE = 300;
/** A body counts as one change for each started part of this size. */
const BYTES_OF_ONE = 64 * 1024;

/**
 * Bounds the rate of each user's changes to the inbox, preferences, topics and everything else but sends, since each is
 * kept in the log or costs work. Administrators have no limit. The limit holds over all processes with the store, see
 * `SpreadCount`.
 */
@Injectable()
export class WriteAllowance {
  readonly #buckets: TokenBuckets;

  constructor(
    private readonly users: UserRepository,
    private readonly environment: Environment,
    peers: Peers,
  ) {
    const spread = new SpreadCount(peers, 'writes', (key, count) => this.#buckets.spend(key, count));
    this.#buckets = new TokenBuckets(WRITES_AT_ONCE, environment.WRITES_PER_SECOND_PER_USER, (key, count) =>
      spread.add(key, count),
    );
  }

  /** @param bodyBytes of the request. @throws Refusal too_many_changes | invalid_token */
  async take(username: string, bodyBytes: number): Promise<void> {
    const { roles } = await accountOf({ username }, this.users);
    if (roles.includes(ADMIN_ROLE)) return;
    const waitMs = this.#buckets.take(username, Math.max(1, Math.ceil(bodyBytes / BYTES_OF_ONE)));
    if (waitMs === 0) return;
    throw tooManyChanges(this.environment.WRITES_PER_SECOND_PER_USER, WRITES_AT_ONCE, Math.ceil(waitMs / 1000));
  }
}
