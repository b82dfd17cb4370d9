import { jest } from '@jest/globals';
import { longestTurnMs } from '../../test/longest-turn.js';
import { InMemoryUserRepository } from '../repository/in-memory/in-memory-user-repository.js';
import { AudienceCount } from './audience-count.js';

describe('AudienceCount', () => {
  let users: InMemoryUserRepository;
  let count: AudienceCount;

  const add = (username: string, roles: string[] = [], topics: string[] = []): Promise<boolean> =>
    users.add({ username, passwordHash: '', roles, topics });

  beforeEach(async () => {
    users = new InMemoryUserRepository();
    count = new AudienceCount(users);
    count.onModuleInit();
    await add('ada', ['ops']);
    await add('bob', [], ['builds']);
  });
  afterEach(() => count.onModuleDestroy());

  test('counts a person once, by however many channels', async () => {
    expect(await count.of(['everyone', 'user:ada', 'role:ops'])).toEqual({ count: 2, usernames: ['ada', 'bob'] });
    expect(await count.of(['user:ada', 'role:ops'])).toEqual({ count: 1, usernames: ['ada'] });
    expect(await count.of(['topic:nobody'])).toEqual({ count: 0, usernames: [] });
  });

  test('counts anew once an account has changed', async () => {
    expect(await count.of(['topic:builds'])).toEqual({ count: 1, usernames: ['bob'] });
    await users.update('ada', (ada) => ({ ...ada, topics: ['builds'] }));
    expect(await count.of(['topic:builds'])).toEqual({ count: 2, usernames: ['ada', 'bob'] });
    await users.remove('bob');
    expect(await count.of(['topic:builds'])).toEqual({ count: 1, usernames: ['ada'] });
  });

  test('counts an audience in another order only once', async () => {
    const list = jest.spyOn(users, 'list');
    expect(count.of(['topic:builds', 'role:ops'])).toBe(count.of(['role:ops', 'topic:builds']));
    await count.of(['role:ops', 'topic:builds']);
    expect(list).toHaveBeenCalledTimes(1);
  });

  test('looks up people who are named, without a walk through all accounts', async () => {
    const list = jest.spyOn(users, 'list');
    expect(await count.of(['user:bob', 'user:nobody', 'user:ada'])).toMatchObject({ count: 2, usernames: ['ada', 'bob'] });
    expect(list).not.toHaveBeenCalled();
  });

  test('counts for a hundred audiences without a long turn', async () => {
    for (let n = 0; n < 2000; n++) await add(`user${n}`, [], ['builds']);
    const audiences = Array.from({ length: 100 }, (_, n) => ['topic:builds', `topic:t${n}`]);
    expect(await longestTurnMs(() => Promise.all(audiences.map((audience) => count.of(audience))))).toBeLessThan(50);
  });

  test('names up to fifty', async () => {
    for (let n = 0; n < 48; n++) await add(`user${n}`);
    expect((await count.of(['everyone'])).usernames).toHaveLength(50);
    await add('one-more');
    expect(await count.of(['everyone'])).toEqual({ count: 51 });
  });
});
