import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { InMemoryUserRepository } from '../repository/in-memory/in-memory-user-repository.js';
import { LAST_SEEN_EVERY_MS, LastSeen } from './last-seen.js';

const BEGIN = Date.parse('2026-01-31T08:00:00.000Z');
const ADA = { username: 'ada', passwordHash: 'x', roles: [], topics: [] };

describe('LastSeen', () => {
  let users: InMemoryUserRepository;
  let lastSeen: LastSeen;
  let writes: number;

  beforeEach(async () => {
    jest.useFakeTimers({ now: BEGIN, doNotFake: ['setImmediate'] });
    users = new InMemoryUserRepository();
    await users.add(ADA);
    writes = 0;
    users.onChanged(() => (writes += 1));
    lastSeen = new LastSeen(users);
  });

  afterEach(() => jest.useRealTimers());

  const stored = async (username = 'ada'): Promise<string | undefined> => {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    return (await users.find(username))?.lastSeenAt;
  };

  test('stores when somebody is connected, once an hour however often it is noted', async () => {
    for (let n = 0; n < 100; n++) lastSeen.note('ada');
    expect(await stored()).toBe('2026-01-31T08:00:00.000Z');
    jest.setSystemTime(BEGIN + LAST_SEEN_EVERY_MS - 1);
    lastSeen.note('ada');
    expect(await stored()).toBe('2026-01-31T08:00:00.000Z');
    jest.setSystemTime(BEGIN + LAST_SEEN_EVERY_MS);
    lastSeen.note('ada');
    expect(await stored()).toBe('2026-01-31T09:00:00.000Z');
    expect(writes).toBe(2);
  });

  test('writes nothing after a restart within the hour', async () => {
    lastSeen.note('ada');
    await stored();
    jest.setSystemTime(BEGIN + 1000);
    new LastSeen(users).note('ada');
    expect(await stored()).toBe('2026-01-31T08:00:00.000Z');
    expect(writes).toBe(1);
  });

  test('goes on with the others after a person was removed or a write has failed', async () => {
    await users.add({ ...ADA, username: 'bob' });
    jest.spyOn(users, 'update').mockRejectedValueOnce(new Error('the disk is full'));
    const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    for (const username of ['ada', 'removed', 'bob']) lastSeen.note(username);
    expect(await stored('bob')).toBe('2026-01-31T08:00:00.000Z');
    expect(await stored()).toBeUndefined();
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });
});
