import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../../src/repository/store.js';
import type { User, UserRepository } from '../../src/repository/user-repository.js';
import { type CreateData, openNew } from './stored-data.js';

const ADA: User = { username: 'ada', passwordHash: 'first', roles: ['ops'], topics: [] };
const withTopic =
  (topic: string) =>
  (user: User): User => ({ ...user, topics: [...user.topics, topic] });

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeUserRepository(name: string, create: CreateData): void {
  describe(`${name} as a UserRepository`, () => {
    let store: Store;
    let users: UserRepository;

    beforeEach(async () => {
      store = await openNew(create);
      ({ users } = store);
    });

    test('finds an added user by exact name', async () => {
      expect(await users.add(ADA)).toBe(true);
      expect(await users.find('ada')).toEqual(ADA);
      for (const other of ['Ada', 'ada ', 'constructor', '__proto__']) expect(await users.find(other)).toBeUndefined();
    });

    test('adds a name once, even for two additions at once', async () => {
      const added = await Promise.all([users.add(ADA), users.add({ ...ADA, passwordHash: 'second' })]);
      expect(added).toEqual([true, false]);
      expect((await users.find('ada'))?.passwordHash).toBe('first');
    });

    test('lists users by name, a page at a time', async () => {
      for (const username of ['grace', 'ada', 'Bob', 'Ärne']) await users.add({ ...ADA, username });
      const page = async (limit: number, after?: string): Promise<string[]> =>
        (await users.list(limit, after)).map(({ username }) => username);
      expect(await page(10)).toEqual(['Bob', 'ada', 'grace', 'Ärne']);
      expect(await page(2)).toEqual(['Bob', 'ada']);
      expect(await page(2, 'ada')).toEqual(['grace', 'Ärne']);
      expect(await page(10, 'b')).toEqual(['grace', 'Ärne']);
      expect(await page(10, 'Ärne')).toEqual([]);
    });

    test('lists the users whose name, role or topic contains a part, a page at a time', async () => {
      const add = (username: string, roles: string[], topics: string[]) =>
        users.add({ ...ADA, username, roles, topics });
      for (let n = 10; n < 30; n++) await add(`person-${n}`, [], []);
      await add('Opal', [], []);
      await add('grace', ['ops'], []);
      await add('bob', [], ['Dev-Ops']);
      const page = async (limit: number, after?: string): Promise<string[]> =>
        (await users.list(limit, after, 'op')).map(({ username }) => username);
      expect(await page(10)).toEqual(['Opal', 'bob', 'grace']);
      expect(await page(2)).toEqual(['Opal', 'bob']);
      expect(await page(2, 'bob')).toEqual(['grace']);
      expect(await page(2, 'grace')).toEqual([]);
    });

    test('finds the names that contain a part, those that begin with it first', async () => {
      const add = (username: string, roles: string[], topics: string[]) =>
        users.add({ ...ADA, username, roles, topics });
      await add('canada', ['oncall', 'ops'], ['Canary']);
      await add('Anna', ['ops'], ['builds', 'canary']);
      await add('bob', ['ops'], []);
      expect(await users.namesLike('AN', 10)).toEqual({
        users: ['Anna', 'canada'],
        roles: [],
        topics: ['Canary', 'canary'],
      });
      expect(await users.namesLike('', 2)).toEqual({
        users: ['Anna', 'bob'],
        roles: ['oncall', 'ops'],
        topics: ['Canary', 'builds'],
      });
      expect(await users.namesLike('zed', 2)).toEqual({ users: [], roles: [], topics: [] });
    });

    test('keeps when a user was last seen', async () => {
      await users.add(ADA);
      await users.update('ada', (ada) => ({ ...ada, lastSeenAt: '2026-01-31T08:00:00.000Z' }));
      expect((await users.list(10)).map(({ lastSeenAt }) => lastSeenAt)).toEqual(['2026-01-31T08:00:00.000Z']);
    });

    test('keeps both of two concurrent changes', async () => {
      await users.add(ADA);
      await Promise.all([users.update('ada', withTopic('builds')), users.update('ada', withTopic('deploys'))]);
      expect((await users.find('ada'))?.topics).toEqual(['builds', 'deploys']);
    });

    test('stores nothing if a change throws', async () => {
      await users.add(ADA);
      const refuse = (): never => {
        throw new Error('too many');
      };
      await expect(users.update('ada', refuse)).rejects.toThrow('too many');
      expect(await users.find('ada')).toEqual(ADA);
    });

    test('changes only known users', async () => {
      expect(await users.update('ada', withTopic('builds'))).toBeUndefined();
      expect(await users.list(10)).toEqual([]);
    });

    test('notifies a listener of each change when it is stored, until it unsubscribes', async () => {
      const told: string[] = [];
      const found: (User | undefined)[] = [];
      let looking: Promise<unknown> = Promise.resolve();
      const unsubscribe = users.onChanged((username) => {
        told.push(username);
        looking = users.find(username).then((user) => found.push(user));
      });
      const steps = [
        () => users.add(ADA),
        () => users.add(ADA),
        () => users.update('ada', withTopic('builds')),
        () => users.update('ada', (ada) => ada),
        () => store.removeAccount('ada'),
      ];
      for (const step of steps) {
        await step();
        await looking;
      }
      unsubscribe();
      await users.add(ADA);
      expect(new Set(told)).toEqual(new Set(['ada']));
      const topics = found.map((user) => user?.topics);
      const isRepeat = (n: number): boolean =>
        create.mayRepeatChanges === true && n > 0 && isDeepStrictEqual(topics[n], topics[n - 1]);
      expect(topics.filter((_, n) => !isRepeat(n))).toEqual([[], ['builds'], undefined]);
    });
  });
}
