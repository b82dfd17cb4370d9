import { channelsOf } from '@herald/protocol';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type Names, type User, type UserListener, UserRepository } from '../user-repository.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';
import { UserLookups } from './user-lookups.js';

/** Accounts in the tables of a database. */
export class SqlUserRepository extends UserRepository {
  readonly #listeners = new Set<UserListener>();

  readonly #lookups: UserLookups;

  constructor(private readonly database: SqlDatabase) {
    super();
    this.#lookups = new UserLookups(database.reads, database.dialect);
  }

  override async find(username: string): Promise<User | undefined> {
    const account = await this.#lookups.find(username);
    return account === undefined ? undefined : (JSON.parse(account) as User);
  }

  override async list(limit: number, after = '', part = ''): Promise<User[]> {
    const { reads, dialect } = this.database;
    let query = reads.selectFrom('users').select('account').where('username', '>', after).orderBy('username');
    if (part !== '') query = query.where(dialect.contains(sql.ref('searched'), part.toLowerCase()));
    const rows = await query.limit(limit).execute();
    return rows.map(({ account }) => JSON.parse(account) as User);
  }

  override async namesLike(part: string, limit: number): Promise<Names> {
    const channels = (kind: string) => sql`
      SELECT DISTINCT substr(channel, ${kind.length + 1}) AS name, folded FROM user_channels
      WHERE channel >= ${kind} AND channel < ${kind.slice(0, -1)} || ';'`;
    const [users, roles, topics] = await Promise.all([
      this.#first(sql`SELECT username AS name, folded FROM users`, part, limit),
      this.#first(channels('role:'), part, limit),
      this.#first(channels('topic:'), part, limit),
    ]);
    return { users, roles, topics };
  }

  override add(user: User): Promise<boolean> {
    const { username } = user;
    return this.database.transactions.run(
      async (db) => {
        if (await this.isUsed(db, username)) return false;
        await db
          .insertInto('users')
          .values({
            username,
            folded: username.toLowerCase(),
            ...columnsOf(user),
            changed: await this.#count(db, username),
          })
          .execute();
        await this.#follow(db, username, [], channelsOf(user));
        return true;
      },
      (isAdded) => {
        if (isAdded) this.tell(username);
      },
    );
  }

  override async update(username: string, change: (user: User) => User): Promise<User | undefined> {
    const { user } = await this.database.transactions.run(
      async (db) => {
        const before = await findIn(db, username);
        if (before === undefined) return { user: undefined, isChanged: false };
        const after = change(before);
        if (after === before) return { user: before, isChanged: false };
        const changed = await this.#count(db, username);
        await db
          .updateTable('users')
          .set({ ...columnsOf(after), changed })
          .where('username', '=', username)
          .execute();
        await this.#follow(db, username, channelsOf(before), channelsOf(after));
        return { user: after, isChanged: true };
      },
      ({ isChanged }) => {
        if (isChanged) this.tell(username);
      },
    );
    return user;
  }

  /** Removes an account for ever. @returns false if there is no such account */
  async remove(db: Transaction<Tables>, username: string): Promise<boolean> {
    const user = await findIn(db, username);
    if (user === undefined) return false;
    await db.deleteFrom('users').where('username', '=', username).execute();
    await db
      .insertInto('removed_names')
      .values({ username, changed: await this.#count(db, username) })
      .execute();
    await this.#follow(db, username, channelsOf(user), []);
    return true;
  }

  /** Numbers a change of an account and notifies the other processes. The caller calls `tell` once that is committed. */
  async touch(db: Transaction<Tables>, username: string): Promise<void> {
    const changed = await this.#count(db, username);
    await db.updateTable('users').set({ changed }).where('username', '=', username).execute();
  }

  /**
   * Keeps the names of removed apps, so that they are never given away again. No account has changed with them.
   * @param owner of the apps
   */
  async retire(db: Transaction<Tables>, names: readonly string[], owner: string): Promise<void> {
    await sql`
      INSERT INTO removed_names (username, changed, app_owner)
      SELECT value, 0, ${owner} FROM ${this.database.dialect.texts(JSON.stringify(names))}`.execute(db);
  }

  /** Whether a name is or was that of an account or app. */
  async isUsed(db: Transaction<Tables>, name: string): Promise<boolean> {
    const { rows } = await sql`
      SELECT username FROM users WHERE username = ${name}
      UNION ALL SELECT username FROM removed_names WHERE username = ${name}
      UNION ALL SELECT name FROM apps WHERE name = ${name}`.execute(db);
    return rows.length > 0;
  }

  /** Reports a committed change to the listeners. */
  tell(username: string): void {
    for (const listener of this.#listeners) listener(username);
  }

  override onChanged(listener: UserListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #first(names: ReturnType<typeof sql>, part: string, limit: number): Promise<string[]> {
    const folded = part.toLowerCase();
    const { rows } = await sql<{ name: string }>`
      SELECT name FROM (${names}) named WHERE ${this.database.dialect.contains(sql`folded`, folded)}
      ORDER BY substr(folded, 1, ${folded.length}) <> ${folded}, name LIMIT ${limit}`.execute(this.database.reads);
    return rows.map(({ name }) => name);
  }

  /** Stores the channels of an account, which decide who the recipients of the next send are. */
  async #follow(
    db: Transaction<Tables>,
    username: string,
    before: readonly string[],
    after: readonly string[],
  ): Promise<void> {
    const joined = after.filter((channel) => !before.includes(channel));
    const left = before.filter((channel) => !after.includes(channel));
    if (joined.length + left.length === 0) return;
    if (left.length > 0) {
      await db.deleteFrom('user_channels').where('username', '=', username).where('channel', 'in', left).execute();
    }
    if (joined.length > 0) {
      await db
        .insertInto('user_channels')
        .values(joined.map((channel) => ({ username, channel, folded: nameOf(channel).toLowerCase() })))
        .execute();
    }
    await sql`UPDATE log SET people_version = people_version + 1`.execute(db);
  }

  /** Numbers a change of an account, which other processes hear of. */
  async #count(db: Transaction<Tables>, username: string): Promise<number> {
    await this.database.dialect.notify({ username })?.execute(db);
    const { rows } = await sql<{ account_changes: number }>`
      UPDATE log SET account_changes = account_changes + 1 RETURNING account_changes`.execute(db);
    return rows[0]?.account_changes ?? 0;
  }
}

function columnsOf(user: User): { searched: string; account: string } {
  const searched = [user.username, ...user.roles, ...user.topics].join('\n').toLowerCase();
  return { searched, account: JSON.stringify(user) };
}

/** The name of a role or topic. */
const nameOf = (channel: string): string => channel.slice(channel.indexOf(':') + 1);

/** Whether an account was removed: a change that was under way then stores nothing for it. */
export async function isRemoved(db: Kysely<Tables>, username: string): Promise<boolean> {
  const removed = await db
    .selectFrom('removed_names')
    .select('username')
    .where('username', '=', username)
    .executeTakeFirst();
  return removed !== undefined;
}

async function findIn(db: Kysely<Tables>, username: string): Promise<User | undefined> {
  const row = await db.selectFrom('users').select('account').where('username', '=', username).executeTakeFirst();
  return row && (JSON.parse(row.account) as User);
}
