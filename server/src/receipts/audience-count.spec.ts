import { jest } from '@jest/globals';
import { collectGarbage, heapBytes } from '../../test/collect-garbage.js';
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

  test('counts a person once, even in several channels', async () => {
    expect(await count.of(['everyone', 'user:ada', 'role:ops'])).toEqual({ count: 2, usernames: ['ada', 'bob'] });
    expect(await count.of(['user:ada', 'role:ops'])).toEqual({ count: 1, usernames: ['ada'] });
    expect(await count.of(['topic:nobody'])).toEqual({ count: 0, usernames: [] });
  });

  test('counts again after an account changes', async () => {
    expect(await count.of(['topic:builds'])).toEqual({ count: 1, usernames: ['bob'] });
    await users.update('ada', (ada) => ({ ...ada, topics: ['builds'] }));
    expect(await count.of(['topic:builds'])).toEqual({ count: 2, usernames: ['ada', 'bob'] });
    await users.remove('bob');
    expect(await count.of(['topic:builds'])).toEqual({ count: 1, usernames: ['ada'] });
  });

  test('looks up named people without visiting all accounts', async () => {
    const list = jest.spyOn(users, 'list');
    expect(await count.of(['user:bob', 'user:nobody', 'user:ada'])).toMatchObject({
      count: 2,
      usernames: ['ada', 'bob'],
    });
    expect(list).not.toHaveBeenCalled();
  });

  test('counts a hundred audiences without a long turn of the event loop', async () => {
    for (let n = 0; n < 2000; n++) await add(`user${n}`, [], ['builds']);
    const audiences = Array.from({ length: 100 }, (_, n) => ['topic:builds', `topic:t${n}`]);
    expect(await longestTurnMs(() => Promise.all(audiences.map((audience) => count.of(audience))))).toBeLessThan(50);
  });

  test('names up to fifty recipients', async () => {
    for (let n = 0; n < 48; n++) await add(`user${n}`);
    expect((await count.of(['everyone'])).usernames).toHaveLength(50);
    await add('one-more');
    expect(await count.of(['everyone'])).toEqual({ count: 51 });
  });

  test('keeps the recipients as of the count when people join or leave later', async () => {
    for (let n = 0; n < 100; n++) await add(`user${n}`, [], ['builds']);
    const before = await count.of(['topic:builds', 'user:ada']);
    await users.update('user7', (user) => ({ ...user, topics: [] }));
    await add('late', [], ['builds']);
    const after = await count.of(['topic:builds', 'user:ada']);
    expect([before.count, after.count]).toEqual([102, 102]);
    const inBoth = (username: string): boolean[] => [before.has(username), after.has(username)];
    expect(['bob', 'ada', 'user99', 'user7', 'late', 'nobody'].map(inBoth)).toEqual([
      [true, true],
      [true, true],
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  test('shares recipients among notifications to the same people, and stores few people in few bytes', async () => {
    for (let n = 0; n < 8000; n++) await add(`user${n}`);
    const bytes = (): number => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    await count.of(['everyone']);
    const before = bytes();
    const kept = [];
    for (let n = 0; n < 500; n++) kept.push(await count.of(['everyone']), await count.of([`user:user${n}`]));
    expect(bytes() - before).toBeLessThan((kept.length * 1000) / 10);
    expect(kept.map(({ count: people }) => people).slice(-2)).toEqual([8002, 1]);
  });

  test('caches at most 100 counts when one audience comes in 1,000 orders', async () => {
    const topics = Array.from({ length: 1000 }, (_, n) => `topic:t${n}`);
    const orders = topics.map((_, n) => ['everyone', ...topics.slice(n, n + 5), ...topics.slice(0, n)].slice(0, 20));
    const first = [];
    for (const order of orders) first.push(await count.of(order));
    // The newest first, since a lookup of a dropped count adds it again and drops another.
    const kept = new Set<unknown>();
    for (const [n, order] of [...orders.entries()].reverse())
      if ((await count.of(order)) === first[n]) kept.add(first[n]);
    expect(kept.size).toBeGreaterThan(0);
    expect(kept.size).toBeLessThanOrEqual(100);
  });

  test('forgets 5,000 topics that a person joined and left', async () => {
    const visit = async (topic: string): Promise<void> => {
      await users.update('ada', (ada) => ({ ...ada, topics: [topic] }));
      expect((await count.of([`topic:${topic}`])).count).toBe(1);
      await users.update('ada', (ada) => ({ ...ada, topics: [] }));
    };
    for (let n = 0; n < 1000; n++) await visit(`early-${n}`);
    const before = heapBytes();
    for (let n = 0; n < 5000; n++) await visit(`late-${n}`);
    expect(heapBytes() - before).toBeLessThan(5000 * 100);
  });

  test('does not list all accounts for each audience of a batch', async () => {
    const list = jest.spyOn(users, 'list');
    for (let n = 0; n < 1000; n++) await count.of(['topic:builds', `user:user${n}`]);
    expect(list).not.toHaveBeenCalled();
  });
});
