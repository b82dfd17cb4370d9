import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import {
  type AppFault,
  type AppLimits,
  type AppListener,
  AppRepository,
  type AppsQuery,
  type AppUse,
  type NewApp,
  type StoredApp,
} from '../app-repository.js';
import type { SqlDatabase } from './sql-database.js';
import { isRemoved, type SqlUserRepository } from './sql-user-repository.js';
import type { AppsTable, Tables } from './tables.js';

/** Apps in the tables of a database. */
export class SqlAppRepository extends AppRepository {
  readonly #listeners = new Set<AppListener>();

  constructor(
    private readonly database: SqlDatabase,
    private readonly users: SqlUserRepository,
  ) {
    super();
  }

  override find(id: number): Promise<StoredApp | undefined> {
    return findIn(this.database.reads, id);
  }

  override async findNamed(name: string): Promise<StoredApp | undefined> {
    const row = await this.database.reads.selectFrom('apps').selectAll().where('name', '=', name).executeTakeFirst();
    return row && appIn(row);
  }

  override async findByKey(hash: string): Promise<StoredApp | undefined> {
    const row = await this.database.reads
      .selectFrom('apps')
      .selectAll()
      .where((row) => row.or([row('key_hash', '=', hash), row('previous_key_hash', '=', hash)]))
      .executeTakeFirst();
    return row && appIn(row);
  }

  override async ownerOf(name: string): Promise<string | undefined> {
    const { rows } = await sql<{ owner: string }>`
      SELECT owner FROM apps WHERE name = ${name}
      UNION ALL SELECT app_owner FROM removed_names WHERE username = ${name} AND app_owner IS NOT NULL`.execute(
      this.database.reads,
    );
    return rows[0]?.owner;
  }

  override async namesOf(owner: string, limit: number): Promise<string[]> {
    // In one statement, so that an app that is removed meanwhile is named once.
    const { rows } = await sql<{ name: string }>`
      SELECT name FROM (
        SELECT name, 0 AS is_removed FROM apps WHERE owner = ${owner}
        UNION ALL SELECT * FROM (SELECT username, 1 FROM removed_names WHERE app_owner = ${owner} LIMIT ${limit}) removed
      ) own ORDER BY is_removed LIMIT ${limit}`.execute(this.database.reads);
    return rows.map(({ name }) => name);
  }

  override async list({ owner, limit, after = 0 }: AppsQuery): Promise<StoredApp[]> {
    let query = this.database.reads.selectFrom('apps').selectAll().where('id', '>', after).orderBy('id');
    if (owner !== undefined) query = query.where('owner', '=', owner);
    return (await query.limit(limit).execute()).map(appIn);
  }

  override add(app: NewApp, limits: AppLimits): Promise<StoredApp | AppFault> {
    return this.database.transactions.run(
      async (db) => {
        const fault = await this.#faultOf(db, app, limits);
        if (fault !== undefined) return fault;
        const { rows } = await sql<{ last_app: number }>`
          UPDATE log SET last_app = last_app + 1, app_changes = app_changes + 1 RETURNING last_app`.execute(db);
        const added: StoredApp = { ...app, id: rows[0]?.last_app ?? 0 };
        const { id, name, owner } = added;
        await db
          .insertInto('apps')
          .values({ id, name, owner, ...columnsOf(added), last_used_at: null, last_used_from: null })
          .execute();
        return added;
      },
      (added) => {
        if (typeof added === 'object') this.tell(added);
      },
    );
  }

  override update(id: number, change: (app: StoredApp) => StoredApp): Promise<StoredApp | undefined> {
    return this.database.transactions.run(
      async (db) => {
        const before = await findIn(db, id);
        if (before === undefined) return undefined;
        const after = change(before);
        await db.updateTable('apps').set(columnsOf(after)).where('id', '=', id).execute();
        await this.#noteChange(db, after);
        return after;
      },
      (app) => {
        if (app !== undefined) this.tell(app);
      },
    );
  }

  override async noteUses(uses: readonly AppUse[]): Promise<void> {
    const rows = this.database.dialect.each(JSON.stringify(uses));
    await this.database.transactions.run((db) =>
      sql`
        UPDATE apps SET last_used_at = used.value ->> 'at', last_used_from = used.value ->> 'from'
        FROM ${rows} used WHERE apps.id = CAST(used.value ->> 'id' AS bigint)`.execute(db),
    );
  }

  override async version(): Promise<number> {
    return (await this.database.reads.selectFrom('log').select('app_changes').executeTakeFirstOrThrow()).app_changes;
  }

  override onChanged(listener: AppListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Removes the app with an id, or all apps of an owner, for ever. The number of statements is constant, since senders
   * wait for the transaction.
   * @returns the removed apps
   */
  async remove(db: Transaction<Tables>, column: 'id' | 'owner', value: number | string): Promise<StoredApp[]> {
    const apps = (await db.deleteFrom('apps').where(column, '=', value).returningAll().execute()).map(appIn);
    const [first] = apps;
    if (first === undefined) return [];
    const names = apps.map(({ name }) => name);
    await this.users.retire(db, names, first.owner);
    await this.#noteChange(db, apps.find(({ scope }) => scope === 'read') ?? first);
    return apps;
  }

  /** Reports a committed change to the listeners. */
  tell({ name, owner, scope }: StoredApp): void {
    for (const listener of this.#listeners) listener(name);
    if (scope === 'read') this.users.tell(owner);
  }

  async #noteChange(db: Transaction<Tables>, { owner, scope }: StoredApp): Promise<void> {
    await sql`UPDATE log SET app_changes = app_changes + 1`.execute(db);
    if (scope === 'read') await this.users.touch(db, owner);
  }

  async #faultOf(db: Transaction<Tables>, { name, owner }: NewApp, limits: AppLimits): Promise<AppFault | undefined> {
    if (await isRemoved(db, owner)) return 'owner';
    const { rows } = await sql<{ own: number; removed: number; all_apps: number }>`
      SELECT count(*) AS own, (SELECT count(*) FROM removed_names WHERE app_owner = ${owner}) AS removed,
        (SELECT count(*) FROM apps) AS all_apps
      FROM apps WHERE owner = ${owner}`.execute(db);
    const { own = 0, removed = 0, all_apps = 0 } = rows[0] ?? {};
    if (all_apps >= limits.countOfAll) return 'countOfAll';
    if (own >= limits.count) return 'count';
    if (own + removed >= limits.names) return 'names';
    return (await this.users.isUsed(db, name)) ? 'name' : undefined;
  }
}

async function findIn(db: Kysely<Tables>, id: number): Promise<StoredApp | undefined> {
  const row = await db.selectFrom('apps').selectAll().where('id', '=', id).executeTakeFirst();
  return row && appIn(row);
}

function columnsOf(app: StoredApp): Pick<AppsTable, 'key_hash' | 'previous_key_hash' | 'app'> {
  const json = JSON.stringify({ ...app, lastUsedAt: undefined, lastUsedFrom: undefined });
  return { key_hash: app.keyHash, previous_key_hash: app.previousKey?.hash ?? null, app: json };
}

function appIn({ app, last_used_at: at, last_used_from: from }: Selectable<AppsTable>): StoredApp {
  return {
    ...(JSON.parse(app) as StoredApp),
    ...(at !== null && { lastUsedAt: at }),
    ...(from !== null && { lastUsedFrom: from }),
  };
}
