import { type Kysely, sql } from 'kysely';
import type { SqlDialect } from '../sql/sql-database.js';
import { gramRowsOf } from '../sql/grams.js';
import type { Tables } from '../sql/tables.js';
import { TABLE_KEYS } from './table-keys.js';

/** A row of any table. */
type Row = Readonly<Record<string, unknown>>;

/** Rows of a page, which are in memory at the same time. */
const ROWS_AT_ONCE = 100;
/** Tables whose rows grow with the number of accounts, or of the notifications of one request, to megabytes. */
const LARGE_ROWS: ReadonlySet<keyof Tables> = new Set(['recipient_sets', 'requests']);
const LARGE_ROWS_AT_ONCE = 10;

/** The tables by their names alone: the same queries are made for each of them. */
const anyOf = (db: Kysely<Tables>): Kysely<Record<string, Row>> => db as unknown as Kysely<Record<string, Row>>;

export async function countRows(db: Kysely<Tables>, table: string): Promise<number> {
  const counted = anyOf(db)
    .selectFrom(table)
    .select(sql<number>`count(*)`.as('count'));
  return (await counted.executeTakeFirstOrThrow()).count;
}

/** All rows of a table, with all columns, a page at a time. */
export async function* pagesOf(db: Kysely<Tables>, table: keyof Tables): AsyncGenerator<readonly Row[]> {
  const size = LARGE_ROWS.has(table) ? LARGE_ROWS_AT_ONCE : ROWS_AT_ONCE;
  let page = await pageBehind(db, table, undefined, size);
  while (page.length > 0) {
    yield page;
    page = page.length < size ? [] : await pageBehind(db, table, page.at(-1), size);
  }
}

function pageBehind(db: Kysely<Tables>, table: keyof Tables, last: Row | undefined, size: number): Promise<Row[]> {
  const key: readonly string[] = TABLE_KEYS[table];
  let query = anyOf(db).selectFrom(table).selectAll().limit(size);
  for (const column of key) query = query.orderBy(column);
  if (last === undefined) return query.execute();
  const [columns, values] = [key.map((column) => sql.ref(column)), key.map((column) => last[column])];
  return query.where(sql<boolean>`(${sql.join(columns)}) > (${sql.join(values)})`).execute();
}

/** Adds rows to an empty table, and what they say to the index of searches. */
export async function insertRows(
  db: Kysely<Tables>,
  { addToSearch }: SqlDialect,
  table: keyof Tables,
  rows: readonly Row[],
): Promise<void> {
  // The migrations have made the row of the log, for which servers wait that want to write.
  if (table === 'log')
    await anyOf(db)
      .updateTable(table)
      .set(rows[0] ?? {})
      .execute();
  else await anyOf(db).insertInto(table).values(rows).execute();
  if (table !== 'notifications') return;
  const searched = rows as unknown as readonly Tables['notifications'][];
  await addToSearch(JSON.stringify(await gramRowsOf(searched))).execute(db);
}
