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

    test('lists all users by name', async () => {
      for (const username of ['grace', 'ada', 'Bob']) await users.add({ ...ADA, username });
      expect((await users.list()).map(({ username }) => username)).toEqual(['Bob', 'ada', 'grace']);
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
      expect(await users.list()).toEqual([]);
    });

    test('notifies a listener of each change once it is stored, until it unsubscribes', async () => {
      const told: [string, Promise<User | undefined>][] = [];
      const unsubscribe = users.onChanged((username) => told.push([username, users.find(username)]));
      await users.add(ADA);
      await users.add(ADA);
      await users.update('ada', withTopic('builds'));
      await users.update('ada', (ada) => ada);
      await store.removeAccount('ada');
      unsubscribe();
      await users.add(ADA);
      expect(told.map(([username]) => username)).toEqual(['ada', 'ada', 'ada']);
      const found = await Promise.all(told.map(([, user]) => user));
      expect(found.map((user) => user?.topics)).toEqual([[], ['builds'], undefined]);
    });
  });
}
