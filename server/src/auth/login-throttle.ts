import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyAttemptsError } from './auth-errors.js';
import { networkOf } from './network-of.js';

const WINDOW_SECONDS = 15 * 60;
const FAILURES_PER_ADDRESS = 20;
/** Higher than one address may reach, so that a single stranger can't lock an account's owner out. */
const FAILURES_PER_ACCOUNT = 100;

/** Slows down guessing: counts failed sign-ins per address and per account over 15 minutes. */
@Injectable()
export class LoginThrottle {
  readonly #byAddress = new RateLimiterMemory({ points: FAILURES_PER_ADDRESS, duration: WINDOW_SECONDS });
  readonly #byAccount = new RateLimiterMemory({ points: FAILURES_PER_ACCOUNT, duration: WINDOW_SECONDS });

  /**
   * Runs one attempt. It is counted before it runs, so that attempts in parallel can't slip past the limit,
   * and the count is taken back when it succeeds.
   * @throws TooManyAttemptsError without running it
   */
  async attempt<Result>(account: string, address: string, run: () => Promise<Result>): Promise<Result> {
    const network = networkOf(address);
    await consume(this.#byAddress, network);
    await consume(this.#byAccount, account);
    const result = await run();
    await Promise.all([this.#byAddress.reward(network), this.#byAccount.reward(account)]);
    return result;
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new TooManyAttemptsError(Math.ceil(refusal.msBeforeNext / 1000));
  }
}
