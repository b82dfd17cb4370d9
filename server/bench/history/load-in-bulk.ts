import { sql } from 'kysely';
import type { CopyEnd } from '../../src/repository/copy/copy-end.js';
import { openTarget } from '../../src/repository/copy/open-end.js';
import { fileIn } from '../../src/repository/sqlite/file-in.js';
import { multiply } from './multiply.js';

const MAINTENANCE_MEMORY = '512MB';

/** Multiplies the entries of a store by `times`, while nothing else uses it. */
export async function loadInBulk(url: string, times: number): Promise<void> {
  const end = await openTarget(url);
  try {
    if (fileIn(url) === undefined) await withoutIndexes(end, () => multiply(end, times));
    else await multiply(end, times);
  } finally {
    await end.close();
  }
}

/** Makes the indexes of PostgreSQL again after the work, as its tools do, and gathers what its planner needs. */
async function withoutIndexes({ db }: CopyEnd, work: () => Promise<void>): Promise<void> {
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE schemaname = current_schema() AND indexdef NOT LIKE 'CREATE UNIQUE %'`.execute(db);
  for (const { name } of indexes) await sql`DROP INDEX ${sql.id(name)}`.execute(db);
  await work();
  await db.transaction().execute(async (trx) => {
    await sql`SET LOCAL maintenance_work_mem = ${sql.lit(MAINTENANCE_MEMORY)}`.execute(trx);
    for (const { definition } of indexes) await sql.raw(definition).execute(trx);
  });
  await sql`VACUUM ANALYZE`.execute(db);
}
