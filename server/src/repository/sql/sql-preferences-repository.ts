import { type Preferences, userChannel } from '@herald/protocol';
import { type Kysely, sql, type Transaction } from 'kysely';
import { PreferencesRepository } from '../preferences-repository.js';
import type { SqlNotificationRepository } from './log/sql-notification-repository.js';
import type { SqlDatabase } from './sql-database.js';
import { isRemoved } from './sql-user-repository.js';
import type { Tables } from './tables.js';

/** Preferences in the tables of a database. */
export class SqlPreferencesRepository extends PreferencesRepository {
  constructor(
    private readonly database: SqlDatabase,
    private readonly log: SqlNotificationRepository,
  ) {
    super();
  }

  override find(username: string): Promise<Preferences | undefined> {
    return findIn(this.database.reads, username);
  }

  override async update(
    username: string,
    change: (before: Preferences | undefined) => Preferences,
  ): Promise<Preferences> {
    const { preferences } = await this.database.transactions.run(
      async (db) => {
        const changed = JSON.stringify(change(await findIn(db, username)));
        if (await isRemoved(db, username))
          return { preferences: JSON.parse(changed) as Preferences, appended: undefined };
        await sql`
          INSERT INTO preferences (username, preferences) VALUES (${username}, ${changed})
          ON CONFLICT (username) DO UPDATE SET preferences = excluded.preferences`.execute(db);
        const stored = JSON.parse(changed) as Preferences;
        const data = { lane: 'medium' as const, preferences: stored };
        const entry = { event: 'preferences' as const, data };
        return {
          preferences: stored,
          appended: await this.log.appendIn(db, [{ channels: [userChannel(username)], entry }]),
        };
      },
      ({ appended }) => {
        if (appended !== undefined) this.log.tell(appended);
      },
    );
    return structuredClone(preferences);
  }

  /** Drops the preferences of a removed account. */
  async forget(db: Transaction<Tables>, username: string): Promise<void> {
    await db.deleteFrom('preferences').where('username', '=', username).execute();
  }
}

async function findIn(db: Kysely<Tables>, username: string): Promise<Preferences | undefined> {
  const row = await db
    .selectFrom('preferences')
    .select('preferences')
    .where('username', '=', username)
    .executeTakeFirst();
  return row && (JSON.parse(row.preferences) as Preferences);
}
