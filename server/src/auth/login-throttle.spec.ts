import { jest } from '@jest/globals';
import { InvalidCredentialsError, TooManyAttemptsError } from './auth-errors.js';
import { LoginThrottle } from './login-throttle.js';

const PER_ADDRESS = 20;
const PER_ACCOUNT = 100;
const WINDOW_MS = 15 * 60 * 1000;

const succeed = (): Promise<string> => Promise.resolve('in');
const fail = (): Promise<never> => Promise.reject(new InvalidCredentialsError());

describe('LoginThrottle', () => {
  let throttle: LoginThrottle;

  beforeEach(() => {
    jest.useFakeTimers();
    throttle = new LoginThrottle();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function failTimes(times: number, account: (n: number) => string, address: (n: number) => string): Promise<void> {
    for (let n = 0; n < times; n++) {
      await expect(throttle.attempt(account(n), address(n), fail)).rejects.toThrow(InvalidCredentialsError);
    }
  }

  async function refusal(account: string, address: string): Promise<TooManyAttemptsError> {
    const error: unknown = await throttle.attempt(account, address, succeed).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TooManyAttemptsError);
    return error as TooManyAttemptsError;
  }

  test('hands the result of a successful attempt through', async () => {
    expect(await throttle.attempt('ada', '10.0.0.1', succeed)).toBe('in');
  });

  test('counts the addresses of one IPv6 network as one, and an IPv4 address as itself however it is written', async () => {
    await failTimes(PER_ADDRESS, (n) => `account-${n}`, (n) => `2001:db8:0:1::${n}`);
    await failTimes(PER_ADDRESS, (n) => `account-${n}`, (n) => (n % 2 === 0 ? '10.0.0.1' : '::ffff:10.0.0.1'));
    await refusal('ada', '2001:db8:0:1:ffff::1');
    await refusal('ada', '::ffff:a00:1');
    expect(await throttle.attempt('ada', '2001:db8:0:2::1', succeed)).toBe('in');
  });

  test('refuses the 21st failure from one address, over many accounts, and says how long to wait', async () => {
    await failTimes(PER_ADDRESS, (n) => `user-${n}`, () => '10.0.0.1');
    jest.setSystemTime(Date.now() + 60_000);
    const { retryAfterSeconds } = await refusal('ada', '10.0.0.1');
    expect(retryAfterSeconds).toBe(14 * 60);
  });

  test('does not run an attempt that it refuses', async () => {
    await failTimes(PER_ADDRESS, () => 'ada', () => '10.0.0.1');
    const run = jest.fn(succeed);
    await expect(throttle.attempt('ada', '10.0.0.1', run)).rejects.toThrow(TooManyAttemptsError);
    expect(run).not.toHaveBeenCalled();
  });

  test('leaves other addresses alone', async () => {
    await failTimes(PER_ADDRESS, () => 'ada', () => '10.0.0.1');
    await expect(throttle.attempt('ada', '10.0.0.2', succeed)).resolves.toBe('in');
  });

  test('lets no more than 20 of 50 parallel attempts run', async () => {
    const run = jest.fn(fail);
    const attempts = Array.from({ length: 50 }, () => throttle.attempt('ada', '10.0.0.1', run));
    await Promise.allSettled(attempts);
    expect(run).toHaveBeenCalledTimes(PER_ADDRESS);
  });

  test('takes the count of a success back, so that an honest address never runs out', async () => {
    await failTimes(PER_ADDRESS - 1, () => 'ada', () => '10.0.0.1');
    for (let n = 0; n < 2 * PER_ADDRESS; n++) await throttle.attempt('ada', '10.0.0.1', succeed);
    await failTimes(1, () => 'ada', () => '10.0.0.1');
    await refusal('ada', '10.0.0.1');
  });

  test('refuses the 101st failure of one account, over many addresses', async () => {
    await failTimes(PER_ACCOUNT, () => 'ada', (n) => `10.0.1.${n}`);
    await refusal('ada', '10.0.2.1');
    await expect(throttle.attempt('grace', '10.0.2.1', succeed)).resolves.toBe('in');
  });

  test('lets no single address lock an account', async () => {
    await failTimes(PER_ADDRESS, () => 'ada', () => '10.0.0.1');
    for (let n = 0; n < PER_ACCOUNT; n++) await refusal('ada', '10.0.0.1');
    await expect(throttle.attempt('ada', '10.0.0.2', succeed)).resolves.toBe('in');
  });

  test('forgets failures after 15 minutes', async () => {
    await failTimes(PER_ADDRESS, () => 'ada', () => '10.0.0.1');
    await jest.advanceTimersByTimeAsync(WINDOW_MS + 1);
    await expect(throttle.attempt('ada', '10.0.0.1', succeed)).resolves.toBe('in');
  });
});
