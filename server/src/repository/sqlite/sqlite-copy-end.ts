import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely } from 'kysely';
import type { CheckEnd, CopyEnd } from '../copy/copy-end.js';
import type { Tables } from '../sql/tables.js';
import { StoreError } from '../store-errors.js';
import { FileLock } from './file-lock.js';
import { refuseForeignTables } from './foreign-tables.js';
import { SqliteDialect } from './sqlite-dialect.js';
import { whileOpening } from './sqlite-errors.js';
import { SQLITE } from './sqlite.js';
import { SqliteThread } from './sqlite-thread.js';

/** Opens the file of a store to read it, while no server uses it. @throws StoreError */
export async function openSqliteSource(path: string, check: CheckEnd): Promise<CopyEnd> {
  if (!existsSync(path)) throw new StoreError(`DATABASE_URL: there is no file ${resolve(path)}`);
  return open(resolve(path), ['query_only = ON'], check);
}

/**
 * Opens a file to write a store to it; it and its folder are made. A new file is removed on close if it is still empty.
 * @throws StoreError
 */
export async function openSqliteTarget(path: string, check: CheckEnd): Promise<CopyEnd> {
  // The journal is the one that the file has: another one would change a file that is then refused.
  return open(resolve(path), ['synchronous = FULL', 'cache_size = -32768'], check);
}

async function open(file: string, pragmas: readonly string[], check: CheckEnd): Promise<CopyEnd> {
  const thread = new SqliteThread(file, ['busy_timeout = 5000', ...pragmas]);
  const lock = new FileLock(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect(thread) });
  let isNew = false;
  const explain = (error: unknown): unknown => whileOpening(file, (error as Error).cause ?? error);
  const close = async (): Promise<void> => {
    await db.destroy();
    // SQLite makes the file before a transaction; one that was rolled back leaves it without a byte.
    const isUnused = isNew && isEmpty(file);
    if (isUnused) rmSync(file, { force: true });
    lock.release();
    if (isUnused) rmSync(`${file}.lock`, { force: true });
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
    lock.acquire();
    isNew = !existsSync(file);
    thread.start();
    await refuseForeignTables(db, file);
    const end = { name: file, db, dialect: SQLITE, explain, close };
    await check(end);
    return end;
  } catch (error) {
    await close();
    throw explain(error);
  }
}

function isEmpty(file: string): boolean {
  return !existsSync(file) || statSync(file).size === 0;
}
