import type { Transaction } from 'kysely';
import type { Tables } from '../sql/tables.js';
import { StoreError } from '../store-errors.js';
import type { CopyEnd } from './copy-end.js';
import { makeTables, openSource, openTarget } from './open-end.js';
import { TABLES } from './table-keys.js';
import { countRows, insertRows, pagesOf } from './table-rows.js';

/** Rows of a table that are copied so far, of all that it has. */
export interface CopyProgress {
  readonly table: string;
  readonly copied: number;
  readonly total: number;
}

/** Number of a table's rows in both stores. */
export interface TableCounts {
  readonly table: string;
  readonly from: number;
  readonly to: number;
}

/** A store that was copied. */
export interface StoreCopy {
  readonly from: string;
  readonly to: string;
  readonly tables: readonly TableCounts[];
}

/**
 * Copies a whole store to an empty one, with its id, its epoch and all offsets, so that tokens stay valid and clients
 * resume. The source is read in one state. The target is written in one transaction: if anything fails, it is left as
 * it was.
 * @param from, to as in `DATABASE_URL`
 * @param report called for each table with 0 rows, and after each page of rows
 * @throws StoreError if a store can't be opened, the target is not empty, or the copy fails or is not complete
 */
export function copyStore(from: string, to: string, report: (progress: CopyProgress) => void): Promise<StoreCopy> {
  if (from === to) return Promise.reject(new StoreError('FROM and TO are the same store'));
  return using(openSource(from), (source) => using(openTarget(to), (target) => copyBetween(source, target, report)));
}

/** Opens an end for a piece of work. */
async function using<Result>(opened: Promise<CopyEnd>, work: (end: CopyEnd) => Promise<Result>): Promise<Result> {
  const end = await opened;
  try {
    return await work(end);
  } finally {
    await end.close();
  }
}

async function copyBetween(
  source: CopyEnd,
  target: CopyEnd,
  report: (progress: CopyProgress) => void,
): Promise<StoreCopy> {
  try {
    const tables = await source.db
      .transaction()
      .setAccessMode('read only')
      .execute((reads) =>
        target.db
          .transaction()
          .execute((writes) => copyTables({ ...source, db: reads }, { ...target, db: writes }, report)),
      );
    return { from: source.name, to: target.name, tables };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const { message } = error as Error;
    throw new StoreError(`The copy of ${source.name} to ${target.name} failed: ${message}`, { cause: error });
  }
}

/** @param source, target with a transaction each */
async function copyTables(
  source: CopyEnd,
  target: CopyEnd & { readonly db: Transaction<Tables> },
  report: (progress: CopyProgress) => void,
): Promise<TableCounts[]> {
  await makeTables(target.db, target);
  await refuseUsed(target);
  const counts: TableCounts[] = [];
  for (const table of TABLES) {
    const total = await countRows(source.db, table);
    await copyTable(source, target, table, (copied) => report({ table, copied, total }));
    counts.push({ table, from: total, to: await countRows(target.db, table) });
  }
  const notifications = await countRows(source.db, 'notifications');
  counts.push({ table: 'searched', from: notifications, to: await countRows(target.db, 'searched') });
  refuseDifferent(target, counts);
  return counts;
}

async function copyTable(
  source: CopyEnd,
  target: CopyEnd,
  table: keyof Tables,
  report: (copied: number) => void,
): Promise<void> {
  let copied = 0;
  report(copied);
  for await (const rows of pagesOf(source.db, table)) {
    await insertRows(target.db, target.dialect, table, rows);
    copied += rows.length;
    report(copied);
  }
}

/** Refuses a target that is not as the migrations make it. */
async function refuseUsed({ db, name }: CopyEnd): Promise<void> {
  // Servers take turns by this row, so none of them writes from here to the end of the transaction.
  const { last_no: lastNo, account_changes: accountChanges } = await db
    .updateTable('log')
    .set((log) => ({ last_no: log.ref('last_no') }))
    .returning(['last_no', 'account_changes'])
    .executeTakeFirstOrThrow();
  if (lastNo + accountChanges > 0) throw new StoreError(`TO: ${name} is not empty; a server has used it`);
  for (const table of TABLES) {
    const count = table === 'log' ? 0 : await countRows(db, table);
    if (count > 0) throw new StoreError(`TO: ${name} is not empty; its table ${table} has ${count} rows`);
  }
}

function refuseDifferent({ name }: CopyEnd, counts: readonly TableCounts[]): void {
  const differing = counts.filter(({ from, to }) => from !== to);
  if (differing.length === 0) return;
  const words = differing.map(({ table, from, to }) => `${table} has ${to} rows instead of ${from}`).join(', ');
  throw new StoreError(`TO: the copy is not complete, so ${name} is left as it was: ${words}`);
}
