import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contents, contentsOf, fillStore, SEARCHES } from '#test/repository/filled-store.js';
import { entriesIn, headOf } from '#test/repository/log-contents.js';
import { entryOf } from '#test/repository/notification-repository.contract.js';
import { describeWithPostgres, PostgresServer } from '#test/repository/postgres-server.js';
import { openStore } from '../repository.module.js';
import type { Store } from '../store.js';
import { type CopyProgress, copyStore, type StoreCopy } from './copy-store.js';
import { TABLES } from './table-keys.js';

const LIMITS = { count: 10_000, bytes: 1e9 };
const folder = mkdtempSync(join(tmpdir(), 'herald-copy-'));
const fileOf = (name: string): string => join(folder, `${name}.db`);
const sqlite = (name: string): string => `sqlite:${fileOf(name)}`;
const source = sqlite('source');
let contents: Contents;

const copy = (from: string, to: string): Promise<StoreCopy> => copyStore(from, to, () => undefined);

async function inStore<Result>(url: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ url, listenUrl: undefined }, LIMITS);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  await inStore(source, fillStore);
  contents = await inStore(source, contentsOf);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Makes an empty store. */
const makeEmpty = (url: string): Promise<void> => inStore(url, () => Promise.resolve());

/** Rows of all tables of a file. */
function rowsOf(file: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = TABLES.map((table) => database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());
  database.close();
  return rows;
}

function execute(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  database.exec(statement);
  database.close();
}

describe('a copy', () => {
  test('has every row of every table, and leaves the source as it is', async () => {
    const before = readFileSync(fileOf('source'));
    const { tables } = await copy(source, sqlite('rows'));
    expect(readFileSync(fileOf('source')).equals(before)).toBe(true);
    expect(rowsOf(fileOf('rows'))).toEqual(rowsOf(fileOf('source')));
    expect(tables.map(({ table }) => table)).toEqual([...TABLES, 'searched']);
    expect(tables.filter(({ from, to }) => from === 0 || from !== to)).toEqual([]);
  });

  test('tells for each table how many rows of all are copied, page by page', async () => {
    const entries: CopyProgress[] = [];
    await copyStore(source, sqlite('told'), (progress) => {
      if (progress.table === 'entries') entries.push(progress);
    });
    const { total } = entries[0]!;
    expect(total).toBeGreaterThan(200);
    expect(entries.map(({ copied }) => copied)).toEqual([
      ...Array.from({ length: Math.ceil(total / 100) }, (_, page) => page * 100),
      total,
    ]);
  });

  test('of a file that was not closed in good order has everything', async () => {
    const file = fileOf('killed');
    const store = await openStore({ url: `sqlite:${file}`, listenUrl: undefined }, LIMITS);
    const { entry } = await store.notifications.append(['everyone'], entryOf());
    for (const suffix of ['', '-wal']) writeFileSync(fileOf('left') + suffix, readFileSync(file + suffix));
    await store.close();
    await copy(sqlite('left'), sqlite('recovered'));
    expect(await inStore(sqlite('recovered'), (of) => of.notifications.find(entry.data.id))).toEqual(entry.data);
  });

  test('goes on with the next offset and a larger id', async () => {
    await copy(source, sqlite('next'));
    await inStore(sqlite('next'), async ({ notifications }) => {
      const head = await headOf(notifications, 'everyone', 'medium');
      const { entry, places } = await notifications.append(['everyone'], entryOf('medium'));
      expect(places[0]!.offset).toBe(head.offset + 1);
      expect(entry.data.id > head.id!).toBe(true);
    });
  });
});

describe('a copy is refused', () => {
  const refusalOf = (from: string, to: string): Promise<string> =>
    copy(from, to).then(
      () => 'copied',
      (error: unknown) => String(error),
    );

  test('from and to a store in memory', async () => {
    expect(await refusalOf('memory:', sqlite('none'))).toMatch(/^StoreError: FROM: a store in memory can’t be copied/);
    expect(await refusalOf(source, 'memory:')).toMatch(/^StoreError: TO: a store in memory can’t be copied/);
  });

  test('to the source itself', async () => {
    expect(await refusalOf(source, source)).toBe('StoreError: FROM and TO are the same store');
  });

  test('from a URL that names no store, without repeating its password', async () => {
    const refusal = await refusalOf('mysql://ada:secret@db/herald', sqlite('none'));
    expect(refusal).toMatch(/^StoreError: FROM: must be sqlite: and the path of a file, or postgres:/);
    expect(refusal).not.toContain('secret');
  });

  test('from a file that does not exist, and makes neither', async () => {
    expect(await refusalOf(sqlite('absent'), sqlite('none'))).toBe(
      `StoreError: FROM: there is no file ${fileOf('absent')}`,
    );
    expect([existsSync(fileOf('absent')), existsSync(fileOf('none'))]).toEqual([false, false]);
  });

  test.each([
    ['from', (file: string) => [file, sqlite('none')] as const],
    ['to', (file: string) => [source, file] as const],
  ])('%s a file of another program, and leaves it as it is', async (role, urls) => {
    const file = fileOf(`foreign-${role}`);
    execute(file, 'CREATE TABLE recipes (name text)');
    const before = readFileSync(file);
    expect(await refusalOf(...urls(`sqlite:${file}`))).toBe(
      `StoreError: ${role.toUpperCase()}: ${file} belongs to another program`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test.each([
    ['from', (url: string) => [url, sqlite('none')] as const],
    ['to', (url: string) => [source, url] as const],
  ])('%s a store that a newer version wrote', async (role, urls) => {
    const name = `newer-${role}`;
    await makeEmpty(sqlite(name));
    execute(fileOf(name), "INSERT INTO kysely_migration VALUES ('9999-from-the-future', '')");
    expect(await refusalOf(...urls(sqlite(name)))).toMatch(
      new RegExp(`^StoreError: ${role.toUpperCase()}: A newer version of Herald wrote the store`),
    );
  });

  test('from a file without tables', async () => {
    writeFileSync(fileOf('blank'), '');
    expect(await refusalOf(sqlite('blank'), sqlite('none'))).toBe(
      `StoreError: FROM: ${fileOf('blank')} has no store that this version of Herald has opened`,
    );
  });

  test.each([
    ['from', (url: string) => [url, sqlite('none')] as const],
    ['to', (url: string) => [source, url] as const],
  ])('%s a file that a server uses', async (role, urls) => {
    const url = sqlite(`used-${role}`);
    await inStore(url, async () => {
      expect(await refusalOf(...urls(url))).toBe(
        `StoreError: ${role.toUpperCase()}: ${fileOf(`used-${role}`)} is in use by another program`,
      );
    });
  });

  test('to a store that has something, which it keeps', async () => {
    await inStore(sqlite('kept'), ({ users }) =>
      users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] }),
    );
    const before = rowsOf(fileOf('kept'));
    expect(await refusalOf(source, sqlite('kept'))).toBe(
      `StoreError: TO: ${fileOf('kept')} is not empty; a server has used it`,
    );
    expect(rowsOf(fileOf('kept'))).toEqual(before);
  });

  test('to a store of which a single table has a row', async () => {
    await makeEmpty(sqlite('row'));
    execute(fileOf('row'), "INSERT INTO request_totals VALUES ('ada', 1)");
    expect(await refusalOf(source, sqlite('row'))).toBe(
      `StoreError: TO: ${fileOf('row')} is not empty; its table request_totals has 1 rows`,
    );
  });

  test.each([
    ['fails', "SELECT RAISE(ABORT, 'the disk is on fire')", /^StoreError: The copy of .* failed: the disk is on fire$/],
    [
      'loses a row',
      'DELETE FROM scheduled WHERE id = NEW.id',
      /^StoreError: TO: .* is left as it was: scheduled has 0 rows/,
    ],
  ])('as a whole if it %s at the end, and can be repeated', async (how, does, reason) => {
    const name = `broken-${how.slice(0, 5)}`;
    await makeEmpty(sqlite(name));
    const before = rowsOf(fileOf(name));
    execute(fileOf(name), `CREATE TRIGGER broken AFTER INSERT ON scheduled BEGIN ${does}; END`);
    expect(await refusalOf(source, sqlite(name))).toMatch(reason);
    expect(rowsOf(fileOf(name))).toEqual(before);
    execute(fileOf(name), 'DROP TRIGGER broken');
    expect(await refusalOf(source, sqlite(name))).toBe('copied');
  });
});

describe('a copy that fails', () => {
  /** A source whose last table can't be read. */
  const cutSource = (): string => {
    writeFileSync(fileOf('cut'), readFileSync(fileOf('source')));
    execute(fileOf('cut'), 'DROP TABLE scheduled; CREATE VIEW scheduled AS SELECT * FROM nowhere');
    return sqlite('cut');
  };

  test('removes the file that it has made', async () => {
    await expect(copy(cutSource(), sqlite('removed'))).rejects.toThrow(/^The copy of .* failed: /);
    expect(readdirSync(folder).filter((name) => name.startsWith('removed'))).toEqual([]);
  });

  test('leaves an empty file that was there empty', async () => {
    writeFileSync(fileOf('given'), '');
    await expect(copy(cutSource(), sqlite('given'))).rejects.toThrow(/^The copy of .* failed: /);
    expect(readFileSync(fileOf('given')).length).toBe(0);
  });
});

describeWithPostgres('a copy with PostgreSQL', () => {
  let server: PostgresServer;
  let first: string;

  beforeAll(async () => {
    server = await PostgresServer.start();
    first = await server.createDatabase();
    await copy(source, first);
  });

  test('has the same contents, searches included, as the file that was copied', async () => {
    expect(await inStore(first, contentsOf)).toEqual(contents);
    const hits = contents.found.map((pages) => pages.some(({ items }) => items.length > 0));
    expect(SEARCHES.filter((_, n) => !hits[n])).toEqual(['nowhere']);
  });

  test('is copied on to another database and back to a file, and is the same there', async () => {
    const second = await server.createDatabase();
    await copy(first, second);
    await copy(second, sqlite('back'));
    expect(rowsOf(fileOf('back'))).toEqual(rowsOf(fileOf('source')));
    expect(await inStore(sqlite('back'), contentsOf)).toEqual(contents);
  });

  test('is refused to a database that has something', async () => {
    expect(await copy(source, first).catch(String)).toMatch(/^StoreError: TO: localhost\/test1 is not empty; a server/);
  });

  test('is refused from and to a database that does not exist', async () => {
    const absent = server.url('absent');
    expect(await copy(absent, sqlite('none')).catch(String)).toBe('StoreError: FROM: localhost/absent does not exist');
    expect(await copy(source, absent).catch(String)).toBe('StoreError: TO: localhost/absent does not exist');
  });

  test('is refused to a database whose user may make no tables', async () => {
    const url = await server.createDatabase();
    await server.query('CREATE ROLE guest LOGIN');
    await server.query('REVOKE CREATE ON SCHEMA public FROM public', url);
    expect(await copy(source, url.replace('user=herald', 'user=guest')).catch(String)).toMatch(
      /^StoreError: TO: localhost\/\w+ does not let the user make tables: permission denied/,
    );
  });

  test('is refused from a database without a store, and makes no tables there', async () => {
    const url = await server.createDatabase();
    expect(await copy(url, sqlite('none')).catch(String)).toMatch(
      /^StoreError: FROM: .* has no store that this version/,
    );
    expect(await server.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", url)).toEqual([]);
  });

  test('of a database to which servers go on writing has one state of it', async () => {
    const url = await server.createDatabase();
    await copy(source, url);
    await inStore(url, async ({ notifications }) => {
      const over = new AbortController();
      const writing = (async () => {
        while (!over.signal.aborted) await notifications.append(['everyone'], entryOf('low'));
      })();
      await copy(url, sqlite('moment')).finally(() => over.abort());
      await writing;
      expect((await headOf(notifications, 'everyone', 'low')).offset).toBeGreaterThan(await newestIn('moment'));
    });
  });

  /** Checks that the newest entry of the lane is at its head. @returns its offset */
  function newestIn(name: string): Promise<number> {
    return inStore(sqlite(name), async ({ notifications }) => {
      const { offset } = await headOf(notifications, 'everyone', 'low');
      expect((await entriesIn(notifications, 'everyone', 'low', 1, 1000)).at(-1)?.offset).toBe(offset);
      return offset;
    });
  }

  test('leaves the database without tables if its server stops meanwhile, and can be repeated', async () => {
    const url = await server.createDatabase();
    let stopped: Promise<void> | undefined;
    const broken = copyStore(source, url, ({ table }) => {
      if (table === 'marks') stopped ??= server.stop('SIGQUIT');
    });
    await expect(broken).rejects.toThrow(/^The copy of .* to localhost\/\w+ failed: /);
    await stopped;
    await server.run();
    expect(await server.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", url)).toEqual([]);
    expect((await copy(source, url)).to).toMatch(/^localhost/);
  });
});
