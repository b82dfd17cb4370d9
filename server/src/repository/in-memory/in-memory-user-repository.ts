import { loopShare } from '../../timing/loop-share.js';
import { FirstNames } from '../first-names.js';
import { type Names, type User, type UserListener, UserRepository } from '../user-repository.js';
import { Audiences } from './audiences.js';
import { SortedList } from './sorted-list.js';

/** Keeps the users for as long as the process lives. */
export class InMemoryUserRepository extends UserRepository {
  readonly audiences = new Audiences();
  readonly #users = new Map<string, User>();
  readonly #names = new SortedList<string>((one, other) => (one === other ? 0 : one < other ? -1 : 1));
  /** Names of removed users. */
  readonly #removed = new Set<string>();
  /** Names of apps that are or were there. */
  readonly #appNames = new Set<string>();
  readonly #listeners = new Set<UserListener>();

  override find(username: string): Promise<User | undefined> {
    return Promise.resolve(this.#users.get(username));
  }

  override async list(limit: number, after?: string, part = ''): Promise<User[]> {
    const found: User[] = [];
    let last = after;
    // In pages: there may be thousands of accounts without the part.
    for (;;) {
      const isAhead = (name: string): boolean => last !== undefined && name <= last;
      const names = this.#names.from(isAhead, limit);
      const users = names.flatMap((name) => this.#users.get(name) ?? []);
      found.push(...users.filter((user) => hasPart(user, part)).slice(0, limit - found.length));
      if (names.length < limit || found.length === limit) return found;
      last = names.at(-1);
      if (loopShare.isUsedUp()) await loopShare.next();
    }
  }

  override async namesLike(part: string, limit: number): Promise<Names> {
    const firstNames = (): FirstNames => new FirstNames(part, limit);
    const [users, roles, topics] = [firstNames(), firstNames(), firstNames()];
    // In slices: there may be thousands of accounts, and each typed letter triggers a search.
    for (const user of [...this.#users.values()]) {
      users.consider(user.username);
      user.roles.forEach((role) => roles.consider(role));
      user.topics.forEach((topic) => topics.consider(topic));
      if (loopShare.isUsedUp()) await loopShare.next();
    }
    return { users: users.names, roles: roles.names, topics: topics.names };
  }

  override add(user: User): Promise<boolean> {
    if (this.#isUsed(user.username)) return Promise.resolve(false);
    this.#users.set(user.username, user);
    this.#names.add(user.username);
    this.tell(user.username);
    return Promise.resolve(true);
  }

  override update(username: string, change: (user: User) => User): Promise<User | undefined> {
    return new Promise((resolve) => resolve(this.#update(username, change)));
  }

  /** @returns false if there is no such account */
  remove(username: string): boolean {
    if (!this.#users.delete(username)) return false;
    this.#names.remove(username);
    this.#removed.add(username);
    this.tell(username);
    return true;
  }

  isRemoved(username: string): boolean {
    return this.#removed.has(username);
  }

  /** Gives a name to an app, for ever. @returns false if the name is or was in use */
  takeName(name: string): boolean {
    if (this.#isUsed(name)) return false;
    this.#appNames.add(name);
    return true;
  }

  override onChanged(listener: UserListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reports a change to the listeners. */
  tell(username: string): void {
    this.audiences.note(username, this.#users.get(username));
    for (const listener of this.#listeners) listener(username);
  }

  #isUsed(name: string): boolean {
    return this.#users.has(name) || this.#removed.has(name) || this.#appNames.has(name);
  }

  #update(username: string, change: (user: User) => User): User | undefined {
    const user = this.#users.get(username);
    if (user === undefined) return undefined;
    const changed = change(user);
    if (changed === user) return user;
    this.#users.set(username, changed);
    this.tell(username);
    return changed;
  }
}

function hasPart({ username, roles, topics }: User, part: string): boolean {
  const wanted = part.toLowerCase();
  return [username, ...roles, ...topics].some((name) => name.toLowerCase().includes(wanted));
}
