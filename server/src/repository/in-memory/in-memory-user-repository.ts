import { type User, UserRepository } from '../user-repository.js';

export class InMemoryUserRepository extends UserRepository {
  readonly #users = new Map<string, User>();

  override find(username: string): Promise<User | undefined> {
    return Promise.resolve(this.#users.get(username));
  }

  override save(user: User): Promise<void> {
    this.#users.set(user.username, user);
    return Promise.resolve();
  }
}
