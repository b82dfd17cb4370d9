import { problemsOf } from '#test/environment-problems.js';
import { checkEnvironment } from './read-environment.js';

describe('the store', () => {
  test.each(['memory:', 'sqlite:./herald.db', 'sqlite:///herald.db', 'postgres://ada:secret@db:5433/herald'])(
    'may be %s',
    (DATABASE_URL) => {
      expect(checkEnvironment({ DATABASE_URL, SECRET_KEY: 'a secret for all servers' }).storeAddress.url).toBe(
        DATABASE_URL,
      );
    },
  );

  test('in PostgreSQL needs a secret of its own, which all servers have', () => {
    const shared = { DATABASE_URL: 'postgres://db/herald' };
    expect(problemsOf(shared)).toEqual(['SECRET_KEY: a PostgreSQL store needs one, the same on all servers']);
    expect(checkEnvironment({ ...shared, SECRET_KEY: 'one for all servers' }).isShared).toBe(true);
  });

  test.each(['sqlite:', 'sqlite', 'memory', 'mysql://db', 'sqlite:\0', 'sqlite://', 'postgres://db', 'postgres:db'])(
    'is refused for %j',
    (url) => {
      expect(problemsOf({ DATABASE_URL: url })).toEqual([
        expect.stringMatching(/^DATABASE_URL: must be memory:, sqlite: /),
      ]);
    },
  );

  test.each([
    ['memory:', 'memory:'],
    ['sqlite:./herald.db', 'sqlite:'],
  ])('in %s belongs to one process', (DATABASE_URL, kind) => {
    expect(problemsOf({ DATABASE_URL, WORKERS: '2' })).toEqual([
      `WORKERS: several processes can share a PostgreSQL store only, and DATABASE_URL is ${kind}`,
    ]);
    expect(problemsOf({ DATABASE_URL, WORKERS: '1' })).toEqual([]);
  });

  test('in PostgreSQL may have several processes', () => {
    const shared = { DATABASE_URL: 'postgres://db/herald', SECRET_KEY: 'one for all servers' };
    expect(checkEnvironment({ ...shared, WORKERS: '4' }).WORKERS).toBe(4);
  });

  test('keeps more on a disk than in memory, unless limits are given', () => {
    const onDisk = { DATABASE_URL: 'sqlite:./herald.db' };
    expect(checkEnvironment(onDisk).historyLimits).toEqual({ count: 1_000_000, bytes: 10 * 1024 ** 3 });
    expect(checkEnvironment({ ...onDisk, HISTORY_LIMIT: '7' }).historyLimits.count).toBe(7);
  });
});
