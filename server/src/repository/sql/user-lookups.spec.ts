import {
  CompiledQuery,
  type DatabaseConnection,
  DummyDriver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteQueryCompiler,
} from 'kysely';
import { SQLITE } from '../sqlite/sqlite.js';
import type { Tables } from './tables.js';
import { UserLookups } from './user-lookups.js';

/** A database whose queries wait until they are answered. */
class SlowDatabase {
  readonly queries: { names: unknown; answer: (names: readonly string[]) => void; fail: (error: Error) => void }[] = [];
  readonly #connection: DatabaseConnection = {
    executeQuery: <Row>({ parameters }: CompiledQuery) =>
      new Promise<QueryResult<Row>>((resolve, reject) => {
        const answer = (names: readonly string[]): void =>
          resolve({ rows: names.map((username) => ({ username, account: `of ${username}` })) as Row[] });
        this.queries.push({ names: JSON.parse(parameters[0] as string), answer, fail: reject });
      }),
    streamQuery: () => {
      throw new Error('not used');
    },
  };
  readonly lookups = new UserLookups(
    new Kysely<Tables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createQueryCompiler: () => new SqliteQueryCompiler(),
        createIntrospector: () => {
          throw new Error('not used');
        },
        createDriver: () =>
          Object.assign(new DummyDriver(), { acquireConnection: () => Promise.resolve(this.#connection) }),
      },
    }),
    SQLITE,
  );
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('calls that come while a query is under way share the next one', async () => {
  const { lookups, queries } = new SlowDatabase();
  const first = lookups.find('ada');
  await turn();
  const others = ['ada', 'ben', 'ada', 'nobody'].map((name) => lookups.find(name));
  await turn();
  expect(queries.map(({ names }) => names)).toEqual([['ada']]);
  queries[0]?.answer(['ada']);
  expect(await first).toBe('of ada');
  await turn();
  expect(queries[1]?.names).toEqual(['ada', 'ben', 'nobody']);
  queries[1]?.answer(['ada', 'ben']);
  expect(await Promise.all(others)).toEqual(['of ada', 'of ben', 'of ada', undefined]);
});

test('a failed query rejects all calls that wait, and a later call queries again', async () => {
  const { lookups, queries } = new SlowDatabase();
  const failed = [lookups.find('ada')];
  await turn();
  failed.push(lookups.find('ben'));
  queries[0]?.fail(new Error('gone'));
  for (const call of await Promise.allSettled(failed)) expect(call).toMatchObject({ status: 'rejected' });
  const later = lookups.find('ada');
  await turn();
  queries[1]?.answer(['ada']);
  expect(await later).toBe('of ada');
});
