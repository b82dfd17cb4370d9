import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import { ID_BEFORE_ALL } from '../new-id.js';
import { StoreError } from '../store-errors.js';
import type { SqlDialect } from './sql-database.js';
import type { Tables } from './tables.js';

/**
 * One history for all SQL stores. A released migration is never changed: a change of the tables is another migration.
 * They are applied in one transaction when a store is opened.
 */
const migrationsFor = (dialect: SqlDialect): Readonly<Record<string, Migration>> => ({
  '0001-begin': { up: (db: Kysely<Tables>) => begin(db, dialect) },
  '0002-apps': { up: (db: Kysely<Tables>) => addApps(db, dialect) },
  '0003-app-templates': { up: (db: Kysely<Tables>) => addAppTemplates(db, dialect) },
  '0004-requests-by-expiry': { up: addRequestsByExpiry },
});

const MIGRATION_TABLE = `
  CREATE TABLE IF NOT EXISTS kysely_migration (
    name varchar(255) NOT NULL PRIMARY KEY, timestamp varchar(255) NOT NULL)`;

/** Brings the tables up to date. @throws StoreError if the store has tables that this version does not know */
export async function migrate(db: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  if ((await isUpToDate(db, dialect)) === true) return;
  await db.transaction().execute((trx) => migrateWithin(trx, dialect));
}

/** Brings the tables up to date in a transaction that goes on. If it is rolled back, nothing was changed. */
export async function migrateWithin(trx: Transaction<Tables>, dialect: SqlDialect): Promise<void> {
  const migrations = migrationsFor(dialect);
  const provider: MigrationProvider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  await takeTurn(trx, dialect);
  // Kysely's own table, since Kysely hides why it can't be made.
  await sql.raw(MIGRATION_TABLE).execute(trx);
  const { error } = await new Migrator({ db: trx, provider }).migrateToLatest();
  if (error !== undefined) throw error as Error;
}

/** Waits while another process applies migrations, which may take long, and tells the operator why. */
async function takeTurn(trx: Transaction<Tables>, { migrationLock }: SqlDialect): Promise<void> {
  if (migrationLock === undefined) return;
  const [tried] = (await migrationLock.tried.execute(trx)).rows;
  if (tried?.is_locked === true) return;
  new Logger('Store').log('Another process is updating the tables; waiting until it has finished');
  await migrationLock.awaited.execute(trx);
}

/**
 * Whether a database has all tables of this version; undefined if it has none.
 * @throws StoreError if it has tables that this version does not know
 */
export async function isUpToDate(db: Kysely<Tables>, dialect: SqlDialect): Promise<boolean | undefined> {
  const migrations = migrationsFor(dialect);
  const applied = await appliedTo(db, migrations);
  return applied.length === 0 ? undefined : applied.length === Object.keys(migrations).length;
}

/**
 * Names of the migrations that were applied before; none in an empty database, which has no table of them.
 * @throws StoreError if a newer version has applied others
 */
async function appliedTo(db: Kysely<Tables>, known: Readonly<Record<string, Migration>>): Promise<string[]> {
  const query = sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db);
  const applied = await query.then(({ rows }) => rows.map(({ name }) => name)).catch(() => []);
  const unknown = applied.find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    throw new StoreError(
      `A newer version of Herald wrote the store (it has the migration ${unknown}). Nothing was changed; run that version, or a newer one.`,
    );
  }
  return applied;
}

async function begin(db: Kysely<Tables>, { text, searchTables }: SqlDialect): Promise<void> {
  const tables = [
    `log (
      store_id text NOT NULL, epoch text NOT NULL, last_no bigint NOT NULL, last_id text NOT NULL,
      people_version bigint NOT NULL, account_changes bigint NOT NULL, forgotten bigint NOT NULL,
      notification_count bigint NOT NULL, notification_bytes bigint NOT NULL,
      other_count bigint NOT NULL, other_bytes bigint NOT NULL)`,
    `lanes (channel text NOT NULL, lane text NOT NULL, head bigint NOT NULL, PRIMARY KEY (channel, lane))`,
    `entries (
      no bigint PRIMARY KEY, id text NOT NULL, is_notification smallint NOT NULL, owner text NOT NULL,
      bytes integer NOT NULL, entry text)`,
    `places (
      channel text NOT NULL, lane text NOT NULL, "offset" bigint NOT NULL, no bigint NOT NULL,
      PRIMARY KEY (channel, lane, "offset"))`,
    `shares (
      is_notification smallint NOT NULL, owner text NOT NULL, count bigint NOT NULL, bytes bigint NOT NULL,
      PRIMARY KEY (is_notification, owner))`,
    `notifications (
      no bigint PRIMARY KEY, id text NOT NULL UNIQUE, audience bigint NOT NULL, recipients bigint NOT NULL,
      sender text NOT NULL, key text, priority text NOT NULL, category text NOT NULL, requires_ack smallint NOT NULL,
      expires_at text, search text NOT NULL)`,
    `audiences (no bigint PRIMARY KEY, channels text NOT NULL UNIQUE)`,
    `audience_channels (channel text NOT NULL, audience bigint NOT NULL, PRIMARY KEY (channel, audience))`,
    `audience_counts (
      audience bigint NOT NULL, category text NOT NULL, requires_ack smallint NOT NULL, count bigint NOT NULL,
      PRIMARY KEY (audience, category, requires_ack))`,
    `marks (
      username text NOT NULL, no bigint NOT NULL, audience bigint NOT NULL, category text NOT NULL,
      requires_ack smallint NOT NULL, mark text NOT NULL, read smallint, acknowledged smallint NOT NULL, snoozed_until text, view smallint NOT NULL,
      PRIMARY KEY (username, no))`,
    `mark_counts (
      username text NOT NULL, audience bigint NOT NULL, category text NOT NULL, requires_ack smallint NOT NULL,
      view smallint NOT NULL, read smallint NOT NULL, acknowledged smallint NOT NULL, count bigint NOT NULL,
      PRIMARY KEY (username, audience, category, requires_ack, view, read, acknowledged))`,
    `preferences (username text PRIMARY KEY, preferences text NOT NULL)`,
    `recipient_sets (
      no bigint PRIMARY KEY, audience text NOT NULL, people_version bigint NOT NULL, usernames text NOT NULL,
      count integer NOT NULL, UNIQUE (audience, people_version))`,
    `received (
      channel text NOT NULL, lane text NOT NULL, username text NOT NULL, first bigint NOT NULL, last bigint NOT NULL,
      PRIMARY KEY (channel, lane, username, first))`,
    `answers (no bigint NOT NULL, username text NOT NULL, answers text NOT NULL, PRIMARY KEY (no, username))`,
    `requests (
      sender text NOT NULL, key text NOT NULL, digest text NOT NULL, bytes integer NOT NULL, until text NOT NULL,
      answers text NOT NULL, PRIMARY KEY (sender, key))`,
    `request_totals (sender text PRIMARY KEY, bytes bigint NOT NULL)`,
    `scheduled (
      id text PRIMARY KEY, sender text NOT NULL, deliver_at text NOT NULL, has_problem smallint NOT NULL,
      bytes integer NOT NULL, scheduled text NOT NULL)`,
    `users (
      username text PRIMARY KEY, folded text NOT NULL, searched text NOT NULL, account text NOT NULL,
      changed bigint NOT NULL)`,
    `user_channels (
      username text NOT NULL, channel text NOT NULL, folded text NOT NULL, PRIMARY KEY (channel, username))`,
    `removed_names (username text PRIMARY KEY, changed bigint NOT NULL)`,
  ];
  const indexes = [
    `places_by_no ON places (no)`,
    `entries_by_owner ON entries (is_notification, owner, no)`,
    // With the columns of filters, so that a search for what is rare reads no rows.
    `notifications_by_audience ON notifications (audience, no, priority, category, sender, requires_ack)`,
    `notifications_to_confirm ON notifications (audience, no) WHERE requires_ack = 1`,
    `notifications_by_sender ON notifications (sender, no)`,
    `notifications_by_recipients ON notifications (recipients)`,
    `notifications_by_expiry ON notifications (expires_at, no) WHERE expires_at IS NOT NULL`,
    `marks_by_no ON marks (no)`,
    `marks_by_person ON marks (username, no, view, read, acknowledged)`,
    `marks_by_view ON marks (username, view, no)`,
    `marks_by_snooze ON marks (snoozed_until, username) WHERE snoozed_until IS NOT NULL`,
    `received_by_person ON received (username)`,
    `received_by_end ON received (channel, lane, last)`,
    `answers_by_person ON answers (username)`,
    `requests_by_end ON requests (sender, until)`,
    `scheduled_by_instant ON scheduled (deliver_at, id)`,
    `scheduled_by_sender ON scheduled (sender, deliver_at, id)`,
    `user_channels_by_person ON user_channels (username)`,
    `users_by_change ON users (changed)`,
    `removed_names_by_change ON removed_names (changed)`,
  ];
  for (const table of tables) await sql`CREATE TABLE ${sql.raw(table.replaceAll(/\btext\b/g, text))}`.execute(db);
  for (const index of indexes) await sql`CREATE INDEX ${sql.raw(index)}`.execute(db);
  for (const statement of searchTables) await sql.raw(statement).execute(db);
  await sql`CREATE UNIQUE INDEX notifications_by_key ON notifications (sender, key) WHERE key IS NOT NULL`.execute(db);
  await db.insertInto('log').values(newLog()).execute();
}

async function addApps(db: Kysely<Tables>, { text }: SqlDialect): Promise<void> {
  const statements = [
    `ALTER TABLE log ADD COLUMN last_app bigint NOT NULL DEFAULT 0`,
    `ALTER TABLE log ADD COLUMN app_changes bigint NOT NULL DEFAULT 0`,
    `CREATE TABLE apps (
      id bigint PRIMARY KEY, name ${text} NOT NULL UNIQUE, owner ${text} NOT NULL, key_hash ${text} NOT NULL UNIQUE,
      previous_key_hash ${text}, app ${text} NOT NULL, last_used_at ${text}, last_used_from ${text})`,
    `ALTER TABLE removed_names ADD COLUMN app_owner ${text}`,
    `CREATE INDEX removed_names_by_app_owner ON removed_names (app_owner) WHERE app_owner IS NOT NULL`,
    `CREATE INDEX apps_by_owner ON apps (owner, id)`,
    `CREATE INDEX apps_by_previous_key ON apps (previous_key_hash) WHERE previous_key_hash IS NOT NULL`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

async function addAppTemplates(db: Kysely<Tables>, { text }: SqlDialect): Promise<void> {
  await sql
    .raw(
      `CREATE TABLE app_templates (
        app bigint NOT NULL, name ${text} NOT NULL, template ${text} NOT NULL, PRIMARY KEY (app, name))`,
    )
    .execute(db);
}

/** Finds the expired requests of all senders. */
async function addRequestsByExpiry(db: Kysely<Tables>): Promise<void> {
  await sql`CREATE INDEX requests_by_expiry ON requests (until)`.execute(db);
}

function newLog(): Insertable<Tables['log']> {
  return {
    store_id: randomUUID(),
    epoch: randomUUID(),
    last_no: 0,
    last_id: ID_BEFORE_ALL,
    people_version: 0,
    account_changes: 0,
    forgotten: 0,
    notification_count: 0,
    notification_bytes: 0,
    other_count: 0,
    other_bytes: 0,
  };
}
