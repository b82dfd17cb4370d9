import { type Kysely, sql } from 'kysely';
import type { Tables } from '../sql/tables.js';
import { StoreError } from '../store-errors.js';

/** Keeps Herald's tables out of the database of another program. @throws StoreError */
export async function refuseForeignTables(db: Kysely<Tables>, path: string): Promise<void> {
  const { rows } = await sql<{ all_tables: number; own: number }>`
    SELECT count(*) AS all_tables, coalesce(sum(name = 'kysely_migration'), 0) AS own FROM sqlite_master
    WHERE type = 'table'`.execute(db);
  const [tables] = rows;
  if (tables !== undefined && tables.all_tables > 0 && tables.own === 0) {
    throw new StoreError(`DATABASE_URL: ${path} belongs to another program`);
  }
}
