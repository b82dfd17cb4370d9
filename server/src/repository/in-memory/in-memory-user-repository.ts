import { type User, type UserListener, UserRepository } from '../user-repository.js';
import { Audiences } from './audiences.js';
import { SortedList } from './sorted-list.js';

/** Keeps the users for as long as the process lives. */
export class InMemoryUserRepository extends UserRepository {
  readonly audiences = new Audiences();
  readonly #users = new Map<string, User>();
  readonly #names = new SortedList<string>((one, other) => (one === other ? 0 : one < other ? -1 : 1));
  /** Names of removed users. */
  readonly #removed = new Set<string>();
  readonly #listeners = new Set<UserListener>();

  override find(username: string): Promise<User | undefined> {
    return Promise.resolve(this.#users.get(username));
  }

  override list(): Promise<User[]> {
    const names = this.#names.from(() => false, Infinity);
    return Promise.resolve(names.map((name) => this.#users.get(name)).filter((user) => user !== undefined));
  }

  override add(user: User): Promise<boolean> {
    if (this.#users.has(user.username) || this.#removed.has(user.username)) return Promise.resolve(false);
    this.#users.set(user.username, user);
    this.#names.add(user.username);
    this.#tell(user.username);
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
    this.#tell(username);
    return true;
  }

  override onChanged(listener: UserListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #update(username: string, change: (user: User) => User): User | undefined {
    const user = this.#users.get(username);
    if (user === undefined) return undefined;
    const changed = change(user);
    if (changed === user) return user;
    this.#users.set(username, changed);
    this.#tell(username);
    return changed;
  }

  #tell(username: string): void {
    this.audiences.note(username, this.#users.get(username));
    for (const listener of this.#listeners) listener(username);
  }
}
