import { describeWithPgBouncer, PgBouncer } from '#test/repository/pgbouncer.js';
import { PostgresServer } from '#test/repository/postgres-server.js';
import { entryOf } from '#test/repository/notification-repository.contract.js';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { PostgresStore } from './postgres-store.js';

const LIMITS = { count: 1000, bytes: 1024 ** 2 };
/** Time in which a store without LISTEN has polled the tables. */
const POLLED_MS = 5000;

describeWithPgBouncer('behind a pooler in transaction mode, a store', () => {
  const opened: PostgresStore[] = [];
  let server: PostgresServer;
  let pooler: PgBouncer;

  beforeAll(async () => {
    server = await PostgresServer.start();
    await server.createDatabase('herald');
    pooler = await PgBouncer.start(server);
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function open(listenUrl?: string): Promise<PostgresStore> {
    const store = new PostgresStore(pooler.url('herald'), LIMITS, listenUrl);
    await store.open();
    opened.push(store);
    return store;
  }

  /** The id of the next head that a store hears of. */
  const heardBy = (store: PostgresStore): Promise<string | null> =>
    new Promise((resolve) => {
      store.notifications.follow({ appended: () => undefined, headAdvanced: (_, __, { id }) => resolve(id) });
    });

  test('finds the entries of others by polling, and warns of it', async () => {
    const warned = new Promise((resolve) => jest.spyOn(Logger.prototype, 'warn').mockImplementation(resolve));
    const [one, other] = [await open(), await open()];
    const heard = heardBy(other);
    const startedAt = performance.now();
    const { entry } = await one.notifications.append(['everyone'], entryOf('low'));
    expect(await heard).toBe(entry.data.id);
    expect(performance.now() - startedAt).toBeLessThan(POLLED_MS);
    expect(await warned).toMatch('LISTEN receives nothing');
    jest.restoreAllMocks();
  });

  test('finds them at once with a connection to the database itself', async () => {
    const [one, other] = [await open(), await open(server.url('herald'))];
    const heard = heardBy(other);
    const { entry } = await one.notifications.append(['everyone'], entryOf('low'));
    expect(await heard).toBe(entry.data.id);
  });
});
