import { InMemoryUserRepository } from './in-memory-user-repository.js';

describe('InMemoryUserRepository', () => {
  test('finds the user that was saved, by the exact name', async () => {
    const users = new InMemoryUserRepository();
    await users.save({ username: 'ada', passwordHash: 'first' });
    expect(await users.find('ada')).toEqual({ username: 'ada', passwordHash: 'first' });
    expect(await users.find('Ada')).toBeUndefined();
    expect(await users.find('constructor')).toBeUndefined();
  });

  test('keeps one user of a name: the one saved last', async () => {
    const users = new InMemoryUserRepository();
    await users.save({ username: 'ada', passwordHash: 'first' });
    await users.save({ username: 'ada', passwordHash: 'second' });
    expect(await users.find('ada')).toEqual({ username: 'ada', passwordHash: 'second' });
  });
});
