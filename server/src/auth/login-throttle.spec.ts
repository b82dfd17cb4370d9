import { jest } from '@jest/globals';
import { Refusal } from '../http/refusal/refusal.js';
import { invalidCredentials, signInsBusy, tooManySignIns } from './auth-refusals.js';
import { NoPeers } from '../repository/peers.js';
import { LoginThrottle } from './login-throttle.js';

const PER_NETWORK = 20;
const PER_ACCOUNT = 100;
const SIGN_INS = 100;
const WINDOW_MS = 15 * 60 * 1000;
const HOME = '192.0.2.1';

const succeed = (): Promise<string> => Promise.resolve('in');
const fail = (): Promise<never> => Promise.reject(invalidCredentials());
const stranger = (account: string, network: string) => ({ account, network, isKnown: false });
const known = (account: string, network: string) => ({ account, network, isKnown: true });

describe('LoginThrottle', () => {
  let throttle: LoginThrottle;

  beforeEach(() => {
    jest.useFakeTimers();
    // The cache treats an expiry of 0 as no expiry.
    jest.advanceTimersByTime(1);
    throttle = new LoginThrottle(new NoPeers());
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function failTimes(
    times: number,
    attempt: (n: number) => Parameters<LoginThrottle['attempt']>[0],
  ): Promise<void> {
    for (let n = 0; n < times; n++)
      await expect(throttle.attempt(attempt(n), fail)).rejects.toMatchObject({ code: 'invalid_credentials' });
  }

  async function refusal(attempt: Parameters<LoginThrottle['attempt']>[0]): Promise<Refusal> {
    const run = jest.fn(succeed);
    const error: unknown = await throttle.attempt(attempt, run).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'too_many_failed_sign_ins' });
    expect(run).not.toHaveBeenCalled();
    return error as Refusal;
  }

  test('returns the result of a successful attempt', async () => {
    expect(await throttle.attempt(stranger('ada', HOME), succeed)).toBe('in');
  });

  test('refuses a network after 20 failures across many accounts, and says how long to wait', async () => {
    await failTimes(PER_NETWORK, (n) => stranger(`user-${n}`, HOME));
    await jest.advanceTimersByTimeAsync(60_000);
    expect((await refusal(stranger('ada', HOME))).retryAfterSeconds).toBe(14 * 60);
  });

  test('ignores steps of the wall clock when it measures the wait', async () => {
    await failTimes(PER_NETWORK, () => stranger('ada', HOME));
    for (const step of [WINDOW_MS * 4, -WINDOW_MS * 8]) {
      jest.setSystemTime(Date.now() + step);
      expect((await refusal(stranger('ada', HOME))).retryAfterSeconds).toBe(15 * 60);
    }
  });

  test('admits other networks after the failures of one', async () => {
    await failTimes(PER_NETWORK, () => stranger('ada', HOME));
    await expect(throttle.attempt(stranger('ada', '192.0.2.2'), succeed)).resolves.toBe('in');
  });

  test('runs at most 20 of 50 parallel attempts', async () => {
    const run = jest.fn(fail);
    await Promise.allSettled(Array.from({ length: 50 }, () => throttle.attempt(stranger('ada', HOME), run)));
    expect(run).toHaveBeenCalledTimes(PER_NETWORK);
  });

  test('does not count successes as failures', async () => {
    await failTimes(PER_NETWORK - 1, () => stranger('ada', HOME));
    for (let n = 0; n < 2 * PER_NETWORK; n++) await throttle.attempt(stranger('ada', HOME), succeed);
    await failTimes(1, () => stranger('ada', HOME));
    await refusal(stranger('ada', HOME));
  });

  test('does not count attempts without a password check', async () => {
    const busy = (): Promise<never> => Promise.reject(signInsBusy());
    for (let n = 0; n < 2 * PER_NETWORK; n++) {
      await expect(throttle.attempt(stranger('ada', HOME), busy)).rejects.toMatchObject({ code: 'sign_ins_busy' });
    }
    await expect(throttle.attempt(stranger('ada', HOME), succeed)).resolves.toBe('in');
  });

  test('refuses unknown networks after 100 failures of one account', async () => {
    await failTimes(PER_ACCOUNT, (n) => stranger('ada', `10.0.1.${n}`));
    await refusal(stranger('ada', '10.0.2.1'));
    await expect(throttle.attempt(stranger('grace', '10.0.2.1'), succeed)).resolves.toBe('in');
  });

  test('admits a known network while all networks guess, including that one', async () => {
    await failTimes(PER_NETWORK, (n) => stranger(`user-${n}`, HOME));
    await failTimes(PER_ACCOUNT, (n) => stranger('ada', `10.0.1.${n}`));
    await expect(throttle.attempt(known('ada', HOME), succeed)).resolves.toBe('in');
  });

  test('refuses a known network after 20 failures of one account, and admits its other networks', async () => {
    await failTimes(PER_NETWORK, () => known('ada', HOME));
    await refusal(known('ada', HOME));
    await expect(throttle.attempt(known('ada', '192.0.2.2'), succeed)).resolves.toBe('in');
  });

  test('refuses the 101st successful sign-in of one account from one network', async () => {
    for (let n = 0; n < SIGN_INS; n++) await throttle.attempt(known('ada', HOME), succeed);
    const run = jest.fn(succeed);
    await expect(throttle.attempt(known('ada', HOME), run)).rejects.toEqual(tooManySignIns(15 * 60));
    expect(run).not.toHaveBeenCalled();
    await expect(throttle.attempt(known('ada', '192.0.2.2'), succeed)).resolves.toBe('in');
    await jest.advanceTimersByTimeAsync(WINDOW_MS + 1);
    await expect(throttle.attempt(known('ada', HOME), succeed)).resolves.toBe('in');
  });

  test('forgets failures after 15 minutes', async () => {
    await failTimes(PER_NETWORK, () => stranger('ada', HOME));
    await jest.advanceTimersByTimeAsync(WINDOW_MS + 1);
    await expect(throttle.attempt(stranger('ada', HOME), succeed)).resolves.toBe('in');
  });
});
