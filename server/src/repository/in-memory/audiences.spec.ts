import { collectGarbage, heapBytes } from '#test/collect-garbage.js';
import { longestTurnMs } from '#test/longest-turn.js';
import { InMemoryUserRepository } from './in-memory-user-repository.js';

describe('Audiences', () => {
  let users: InMemoryUserRepository;

  const add = (username: string, roles: string[] = [], topics: string[] = []): Promise<boolean> =>
    users.add({ username, passwordHash: '', roles, topics });

  beforeEach(async () => {
    users = new InMemoryUserRepository();
    await add('ada', ['ops']);
    await add('bob', [], ['builds']);
  });

  const recipientsOf = (audience: string[]) => users.audiences.recipientsOf(audience);

  test('counts a person once, even in several channels', () => {
    expect(recipientsOf(['everyone', 'user:ada', 'role:ops'])).toEqual({ count: 2, usernames: ['ada', 'bob'] });
    expect(recipientsOf(['user:ada', 'role:ops'])).toEqual({ count: 1, usernames: ['ada'] });
    expect(recipientsOf(['topic:nobody'])).toEqual({ count: 0, usernames: [] });
  });

  test('counts again after an account changes', async () => {
    expect(recipientsOf(['topic:builds'])).toEqual({ count: 1, usernames: ['bob'] });
    await users.update('ada', (ada) => ({ ...ada, topics: ['builds'] }));
    expect(recipientsOf(['topic:builds'])).toEqual({ count: 2, usernames: ['ada', 'bob'] });
    users.remove('bob');
    expect(recipientsOf(['topic:builds'])).toEqual({ count: 1, usernames: ['ada'] });
  });

  test('ignores named people without an account', () => {
    expect(recipientsOf(['user:bob', 'user:nobody', 'user:ada'])).toMatchObject({
      count: 2,
      usernames: ['ada', 'bob'],
    });
  });

  test('finds the recipients of a hundred audiences in less than 50 ms', async () => {
    for (let n = 0; n < 2000; n++) await add(`user${n}`, [], ['builds']);
    const audiences = Array.from({ length: 100 }, (_, n) => ['topic:builds', `topic:t${n}`]);
    const findAll = async (): Promise<void> => {
      await Promise.resolve();
      for (const audience of audiences) recipientsOf(audience);
    };
    expect(await longestTurnMs(findAll)).toBeLessThan(50);
  });

  test('names up to fifty recipients', async () => {
    for (let n = 0; n < 48; n++) await add(`user${n}`);
    expect(recipientsOf(['everyone']).usernames).toHaveLength(50);
    await add('one-more');
    expect(recipientsOf(['everyone'])).toEqual({ count: 51 });
  });

  test('keeps the recipients as of the count when people join or leave later', async () => {
    for (let n = 0; n < 100; n++) await add(`user${n}`, [], ['builds']);
    const before = recipientsOf(['topic:builds', 'user:ada']);
    await users.update('user7', (user) => ({ ...user, topics: [] }));
    await add('late', [], ['builds']);
    const after = recipientsOf(['topic:builds', 'user:ada']);
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
    recipientsOf(['everyone']);
    const before = bytes();
    const kept = [];
    for (let n = 0; n < 500; n++) kept.push(recipientsOf(['everyone']), recipientsOf([`user:user${n}`]));
    expect(bytes() - before).toBeLessThan((kept.length * 1000) / 10);
    expect(kept.map(({ count: people }) => people).slice(-2)).toEqual([8002, 1]);
  });

  test('caches at most 100 counts when one audience comes in 1,000 orders', () => {
    const topics = Array.from({ length: 1000 }, (_, n) => `topic:t${n}`);
    const orders = topics.map((_, n) => ['everyone', ...topics.slice(n, n + 5), ...topics.slice(0, n)].slice(0, 20));
    const first = [];
    for (const order of orders) first.push(recipientsOf(order));
    // The newest first, since a lookup of a dropped count adds it again and drops another.
    const kept = new Set<unknown>();
    for (const [n, order] of [...orders.entries()].reverse()) if (recipientsOf(order) === first[n]) kept.add(first[n]);
    expect(kept.size).toBeGreaterThan(0);
    expect(kept.size).toBeLessThanOrEqual(100);
  });

  test('forgets 5,000 topics that a person joined and left', async () => {
    const visit = async (topic: string): Promise<void> => {
      await users.update('ada', (ada) => ({ ...ada, topics: [topic] }));
      expect(recipientsOf([`topic:${topic}`]).count).toBe(1);
      await users.update('ada', (ada) => ({ ...ada, topics: [] }));
    };
    for (let n = 0; n < 1000; n++) await visit(`early-${n}`);
    const before = heapBytes();
    for (let n = 0; n < 5000; n++) await visit(`late-${n}`);
    expect(heapBytes() - before).toBeLessThan(5000 * 100);
  });
});
