import type { Transaction } from 'kysely';
import { openPostgresEnd } from '../postgres/postgres-copy-end.js';
import { isUpToDate, migrateWithin } from '../sql/migrations.js';
import type { Tables } from '../sql/tables.js';
import { fileIn } from '../sqlite/file-in.js';
import { openSqliteSource, openSqliteTarget } from '../sqlite/sqlite-copy-end.js';
import { StoreError } from '../store-errors.js';
import type { CheckEnd, CopyEnd } from './copy-end.js';

const POSTGRES = /^postgres(?:ql)?:\/\/\S*\/\S+$/;

/** Opens the store to copy. @throws StoreError if it can't be copied */
export function openSource(url: string): Promise<CopyEnd> {
  return open('FROM', url, openSqliteSource, refuseOlder);
}

/** Opens the store to copy to, which may have no tables yet. @throws StoreError if nothing can be copied to it */
export function openTarget(url: string): Promise<CopyEnd> {
  return open('TO', url, openSqliteTarget, async (end) => {
    if ((await isUpToDate(end.db, end.dialect)) === false) await refuseOlder(end);
  });
}

/** Makes the tables of a target that has none, in the transaction of the copy. @throws StoreError */
export async function makeTables(writes: Transaction<Tables>, { dialect, explain }: CopyEnd): Promise<void> {
  await migrateWithin(writes, dialect).catch((error: unknown) => {
    throw inRole('TO', explain(error));
  });
}

/** Rows of an older version mean something else, and only a server brings them up to date. */
async function refuseOlder({ name, db, dialect }: CopyEnd): Promise<void> {
  if ((await isUpToDate(db, dialect)) === true) return;
  throw new StoreError(`DATABASE_URL: ${name} has no store that this version of Herald has opened`);
}

async function open(
  role: 'FROM' | 'TO',
  url: string,
  openFile: (path: string, check: CheckEnd) => Promise<CopyEnd>,
  check: CheckEnd,
): Promise<CopyEnd> {
  if (url === 'memory:') throw new StoreError(`${role}: a store in memory can’t be copied; it ends with its server`);
  const file = fileIn(url);
  // The URL may have a password, so it is not repeated.
  if (file === undefined && !(POSTGRES.test(url) && URL.canParse(url))) {
    throw new StoreError(`${role}: must be sqlite: and the path of a file, or postgres://user:password@host/database`);
  }
  try {
    return await (file === undefined ? openPostgresEnd(url, check) : openFile(file, check));
  } catch (error) {
    throw inRole(role, error);
  }
}

/** A store names the variable that it is usually opened by; here it has a role. */
function inRole(role: 'FROM' | 'TO', error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  return new StoreError(`${role}: ${error.message.replace(/^DATABASE_URL: /, '')}`, { cause: error });
}
