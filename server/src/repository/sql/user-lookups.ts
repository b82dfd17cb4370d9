import { type Kysely, sql } from 'kysely';
import type { SqlDialect } from './sql-database.js';
import type { Tables } from './tables.js';

/** Accounts as JSON, by name. */
type Accounts = ReadonlyMap<string, string>;

/** Finds accounts by name. A request looks up several, so calls made during a query share the next one. */
export class UserLookups {
  #names = new Set<string>();
  #next: Promise<Accounts> | undefined;
  #running: Promise<Accounts> | undefined;

  constructor(
    private readonly reads: Kysely<Tables>,
    private readonly dialect: SqlDialect,
  ) {}

  /** JSON of an account as it is at the call or later; undefined if there is none. @throws StoreUnavailable */
  async find(username: string): Promise<string | undefined> {
    this.#names.add(username);
    this.#next ??= this.#findNext();
    return (await this.#next).get(username);
  }

  async #findNext(): Promise<Accounts> {
    let names: string[];
    try {
      // If that fails, so do the calls that wait for it: they would wait as long again.
      await this.#running;
    } finally {
      names = [...this.#names];
      this.#names = new Set();
      this.#next = undefined;
    }
    this.#running = this.#query(names);
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  async #query(names: readonly string[]): Promise<Accounts> {
    const { rows } = await sql<{ username: string; account: string }>`
      SELECT username, account FROM users WHERE username ${this.dialect.anyOf(names)}`.execute(this.reads);
    return new Map(rows.map(({ username, account }) => [username, account]));
  }
}
