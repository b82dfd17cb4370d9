import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-errors.js';
import { FileLock } from './file-lock.js';
import { reasonOf } from './sqlite-errors.js';

/**
 * Writes a consistent copy of a store to a new file, also while a server uses the store.
 * @throws StoreError
 */
export function backUp(store: string, copy: string): void {
  if (!existsSync(store)) throw new StoreError(`There is no store in ${resolve(store)}`);
  if (existsSync(copy)) throw new StoreError(`${resolve(copy)} exists; a backup is written to a new file`);
  mkdirSync(dirname(resolve(copy)), { recursive: true });
  const database = new DatabaseSync(store);
  try {
    // It reads one state of the store, whatever is written meanwhile.
    database.prepare('VACUUM INTO ?').run(copy);
  } catch (error) {
    rmSync(copy, { force: true });
    throw new StoreError(`The backup failed: ${(error as Error).message}`, { cause: error });
  } finally {
    database.close();
  }
}

/**
 * Puts a copy in the place of a store that no server uses; the store before is kept beside it. The log has a new epoch,
 * since what was sent after the copy is lost: clients are told of a gap.
 * @throws StoreError if the copy is damaged or no store, or if a server uses the store; then nothing was changed
 */
export function restore(store: string, copy: string): void {
  if (resolve(store) === resolve(copy)) throw new StoreError(`${resolve(copy)} is the store itself`);
  check(copy);
  mkdirSync(dirname(resolve(store)), { recursive: true });
  const lock = new FileLock(resolve(store));
  try {
    lock.acquire();
  } catch (error) {
    throw new StoreError(`${resolve(store)} ${reasonOf(error) ?? 'can’t be locked'}; stop the server first`, {
      cause: error,
    });
  }
  const restored = `${store}.restored`;
  try {
    rmSync(restored, { force: true });
    copyAs(restored, copy);
    putAside(store);
    renameSync(restored, store);
  } catch (error) {
    rmSync(restored, { force: true });
    throw new StoreError(`The store was not restored: ${(error as Error).message}`, { cause: error });
  } finally {
    lock.release();
  }
}

/** Copies with all changes that are still in the copy's log, and begins another epoch. */
function copyAs(restored: string, copy: string): void {
  const source = new DatabaseSync(copy);
  try {
    source.prepare('VACUUM INTO ?').run(restored);
  } finally {
    source.close();
  }
  const database = new DatabaseSync(restored);
  try {
    database.exec('PRAGMA synchronous = FULL');
    database.prepare('UPDATE log SET epoch = ?').run(randomUUID());
  } finally {
    database.close();
  }
}

/** Keeps the store before, with the changes in its log, and gives its owner and rights to the restored one. */
function putAside(store: string): void {
  if (!existsSync(store)) return;
  const { uid, gid, mode } = statSync(store);
  chownSync(`${store}.restored`, uid, gid);
  chmodSync(`${store}.restored`, mode);
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(`${store}.before${suffix}`, { force: true });
    if (existsSync(store + suffix)) renameSync(store + suffix, `${store}.before${suffix}`);
  }
}

function check(copy: string): void {
  if (!existsSync(copy)) throw new StoreError(`There is no file ${resolve(copy)}`);
  const database = new DatabaseSync(copy, { readOnly: true });
  try {
    const { quick_check: result } = database.prepare('PRAGMA quick_check').get() as { quick_check: string };
    if (result !== 'ok') throw new StoreError(`${resolve(copy)} is damaged: ${result}`);
    database.prepare('SELECT store_id FROM log').get();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(`${resolve(copy)} is no backup of Herald: ${(error as Error).message}`, { cause: error });
  } finally {
    database.close();
  }
}
