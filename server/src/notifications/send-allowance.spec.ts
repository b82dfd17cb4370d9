import { jest } from '@jest/globals';
import { checkEnvironment } from '../config/read-environment.js';
import { Refusal } from '../http/refusal/refusal.js';
import { InMemoryUserRepository } from '../repository/in-memory/in-memory-user-repository.js';
import { NoPeers } from '../repository/peers.js';
import { SendAllowance } from './send-allowance.js';

describe('SendAllowance', () => {
  let users: InMemoryUserRepository;
  let allowance: SendAllowance;

  beforeEach(async () => {
    jest.useFakeTimers();
    users = new InMemoryUserRepository();
    await users.add({ username: 'ada', passwordHash: '', roles: ['admin'], topics: [] });
    for (const username of ['bob', 'eve']) await users.add({ username, passwordHash: '', roles: ['ops'], topics: [] });
    allowance = new SendAllowance(users, checkEnvironment({ SENDS_PER_SECOND_PER_USER: '10' }), new NoPeers());
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Seconds to wait; 0 if the request is admitted. */
  async function waitOf(username: string, count: number): Promise<number> {
    try {
      await allowance.take({ name: username }, count);
      return 0;
    } catch (error) {
      expect(error).toMatchObject({ code: 'too_many_sends' });
      return (error as Refusal).retryAfterSeconds!;
    }
  }

  test('admits a thousand at once, then ten a second, and a thousand again after a pause', async () => {
    expect([await waitOf('bob', 1000), await waitOf('bob', 1)]).toEqual([0, 1]);
    jest.advanceTimersByTime(1000);
    expect([await waitOf('bob', 10), await waitOf('bob', 1)]).toEqual([0, 1]);
    jest.advanceTimersByTime(3_600_000);
    expect([await waitOf('bob', 1000), await waitOf('bob', 1000)]).toEqual([0, 100]);
  });

  test('announces a sufficient wait, and charges nothing for a small refused request', async () => {
    await waitOf('bob', 995);
    expect([await waitOf('bob', 26), await waitOf('bob', 26), await waitOf('bob', 5)]).toEqual([3, 3, 0]);
    const seconds = await waitOf('bob', 26);
    jest.advanceTimersByTime(seconds * 1000);
    expect(await waitOf('bob', 26)).toBe(0);
  });

  test('charges one for each 64 KB of a body, even of a refused request', async () => {
    const large = 64 * 1024 * 10;
    await allowance.take({ name: 'bob' }, 1, large);
    expect(await waitOf('bob', 991)).toBe(1);
    await expect(allowance.take({ name: 'bob' }, 1000, large)).rejects.toThrow('Try again in 2 s');
    expect([await waitOf('bob', 981), await waitOf('bob', 980)]).toEqual([1, 0]);
    await expect(allowance.check({ name: 'bob' }, large)).rejects.toThrow('Try again in 1 s');
    jest.advanceTimersByTime(1000);
    await expect(allowance.check({ name: 'bob' }, large)).resolves.toBeUndefined();
  });

  test('limits each user separately, and administrators not at all, by their current roles', async () => {
    await waitOf('bob', 1000);
    expect([await waitOf('eve', 1000), await waitOf('ada', 1000), await waitOf('ada', 1000)]).toEqual([0, 0, 0]);
    await users.update('ada', (ada) => ({ ...ada, roles: [] }));
    expect([await waitOf('ada', 1000), await waitOf('ada', 1)]).toEqual([0, 1]);
  });

  test('remembers an exhausted user after 1,500 others send', async () => {
    await waitOf('bob', 1000);
    for (let n = 0; n < 1500; n++) {
      await users.add({ username: `u${n}`, passwordHash: '', roles: [], topics: [] });
      await waitOf(`u${n}`, 1);
    }
    expect(await waitOf('bob', 1000)).toBe(100);
  });

  test('refuses an unknown user', async () => {
    await expect(allowance.take({ name: 'gone' }, 1)).rejects.toMatchObject({ code: 'invalid_token' });
  });
});
