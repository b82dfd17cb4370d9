import { Injectable } from '@nestjs/common';
import { isRefusal } from '../http/refusal/refusal.js';
import { AttemptCount } from './attempt-count.js';
import { tooManyFailedSignIns, tooManySignIns } from './auth-refusals.js';

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
  readonly #failuresOfNetwork = new AttemptCount(FAILURES_PER_NETWORK);
  readonly #failuresOfAccount = new AttemptCount(FAILURES_PER_ACCOUNT);
  readonly #failuresOfPair = new AttemptCount(FAILURES_PER_NETWORK);
  readonly #signIns = new AttemptCount(SIGN_INS_PER_ACCOUNT_AND_NETWORK);

  /**
   * Runs one attempt. It is counted before it runs, so that parallel attempts can't exceed the limit; the count
   * is taken back unless the password was wrong.
   * @throws Refusal too_many_failed_sign_ins | too_many_sign_ins without running it
   */
  async attempt<Result>(attempt: Attempt, run: () => Promise<Result>): Promise<Result> {
    const pair = JSON.stringify([attempt.account, attempt.network]);
    const counts = this.#countsFor(attempt, pair);
    const waitMs = Math.max(...counts.map(([count, key]) => count.waitMs(key)));
    if (waitMs > 0) throw tooManyFailedSignIns(Math.ceil(waitMs / 1000));
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

  #countsFor({ account, network, isKnown }: Attempt, pair: string): [AttemptCount, string][] {
    if (isKnown) return [[this.#failuresOfPair, pair]];
    return [
      [this.#failuresOfNetwork, network],
      [this.#failuresOfAccount, account],
    ];
  }
}

function takeBack(counts: readonly [AttemptCount, string][]): void {
  for (const [count, key] of counts) count.takeBack(key);
}
