import { Injectable } from '@nestjs/common';
import { isRefusal } from '../http/refusal/refusal.js';
import { Peers } from '../repository/peers.js';
import type { AttemptCount } from './attempt-count.js';
import { tooManyFailedSignIns, tooManySignIns } from './auth-refusals.js';
import { spreadAttempts } from './spread-count.js';

/** Failures in 15 minutes from one network to all accounts that do not know it, or to one account that knows it. */
const FAILURES_PER_NETWORK = 20;
/** Failures in 15 minutes to one account, from all networks that it does not know. */
const FAILURES_PER_ACCOUNT = 100;
/** Successful sign-ins in 15 minutes to one account from one network: each costs a hash, too. */
const SIGN_INS_PER_ACCOUNT_AND_NETWORK = 100;

/** An attempt to sign in. */
export interface Attempt {
  readonly account: string;
  /** A result of `networkOf`. */
  readonly network: string;
  /** Whether somebody has signed in to this account from this network before. */
  readonly isKnown: boolean;
}

/**
 * Slows down guessing. Failures are counted by network and by account. A network from which somebody has signed in to
 * the account before has a separate count, so that strangers can't lock out the owner.
 */
@Injectable()
export class LoginThrottle {
  readonly #failuresOfNetwork: AttemptCount;
  readonly #failuresOfAccount: AttemptCount;
  readonly #failuresOfPair: AttemptCount;
  readonly #signIns: AttemptCount;

  constructor(peers: Peers) {
    this.#failuresOfNetwork = spreadAttempts(peers, 'failures of a network', FAILURES_PER_NETWORK);
    this.#failuresOfAccount = spreadAttempts(peers, 'failures of an account', FAILURES_PER_ACCOUNT);
    this.#failuresOfPair = spreadAttempts(peers, 'failures of both', FAILURES_PER_NETWORK);
    this.#signIns = spreadAttempts(peers, 'sign-ins', SIGN_INS_PER_ACCOUNT_AND_NETWORK);
  }

  /**
   * Runs one attempt. It is counted before it runs, so that parallel attempts can't exceed the limit; the count
   * is taken back unless the password was wrong.
   * @throws Refusal too_many_failed_sign_ins | too_many_sign_ins without running it
   */
  async attempt<Result>(attempt: Attempt, run: () => Promise<Result>): Promise<Result> {
    this.check(attempt);
    const pair = pairOf(attempt);
    const counts = this.#countsFor(attempt);
    const signInWaitMs = this.#signIns.waitMs(pair);
    if (signInWaitMs > 0) throw tooManySignIns(Math.ceil(signInWaitMs / 1000));
    for (const [count, key] of counts) count.add(key);
    try {
      const result = await run();
      this.#signIns.add(pair);
      takeBack(counts);
      return result;
    } catch (error) {
      if (!isRefusal(error, 'invalid_credentials')) takeBack(counts);
      throw error;
    }
  }

  /** Refuses an attempt after too many failures. Counts nothing. @throws Refusal too_many_failed_sign_ins */
  check(attempt: Attempt): void {
    const waitMs = Math.max(...this.#countsFor(attempt).map(([count, key]) => count.waitMs(key)));
    if (waitMs > 0) throw tooManyFailedSignIns(Math.ceil(waitMs / 1000));
  }

  #countsFor(attempt: Attempt): [AttemptCount, string][] {
    if (attempt.isKnown) return [[this.#failuresOfPair, pairOf(attempt)]];
    return [
      [this.#failuresOfNetwork, attempt.network],
      [this.#failuresOfAccount, attempt.account],
    ];
  }
}

function pairOf({ account, network }: Attempt): string {
  return JSON.stringify([account, network]);
}

function takeBack(counts: readonly [AttemptCount, string][]): void {
  for (const [count, key] of counts) count.takeBack(key);
}
