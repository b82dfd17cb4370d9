import { EVERYONE, PRIORITIES } from '@herald/protocol';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SeededRandom } from '../seeded-random.js';
import { ChaosClient } from './chaos-client.js';
import { Promises } from './promises.js';
import { ServerProcess } from './server-process.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);
const KILLS = Number(process.env['CHAOS_KILLS'] ?? 20);
/** The server is killed at a random moment within this time of being ready. */
const LIFE_MS = 300;

describe(`a server with SQLite that is killed ${KILLS} times at random moments (seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-chaos-'));
  const random = new SeededRandom(SEED);
  let server: ServerProcess;
  let promises: Promises;

  beforeAll(async () => {
    server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(folder, 'herald.db')}` });
    promises = new Promises([server.host], random);
    await promises.begin();
  });

  afterAll(async () => {
    await server.kill();
    rmSync(folder, { recursive: true });
  });

  test('keeps the epoch and everything that was answered with 2xx, and clients miss and repeat nothing', async () => {
    const clients = ['ada', 'bob'].map((name) => new ChaosClient(name, [server.host], promises.token));
    for (const client of clients) client.comesBack = false;
    const epochs = new Set<string>();
    const connect = async (): Promise<void> => {
      for (const client of clients) client.connect();
      for (const client of clients) await client.until(() => client.ledger.isLive || client.isClosed);
      epochs.add(clients[0]!.ledger.positions!.epoch);
    };

    await connect();
    const [epoch] = epochs;
    const publishing = promises.publish(epoch!);
    for (let kill = 0; kill < KILLS; kill++) {
      const promised = await promises.promise();
      await wait(random.integer(0, LIFE_MS));
      await server.kill();
      for (const client of clients) await client.until(() => client.isClosed);
      await server.start();
      await connect();
      await promises.expectKept(promised);
    }
    promises.end();
    await publishing;

    const { published } = promises;
    expect([...epochs]).toEqual([epoch]);
    for (const client of clients) {
      await client.until(() => published.isReachedBy(client.ledger, epoch!, [EVERYONE]));
      published.check(client.ledger, epoch!, [EVERYONE]);
      for (const lane of PRIORITIES) expect(client.ledger.account(epoch!, EVERYONE, lane)!.lost.size).toBe(0);
      await client.stop();
    }
    expect(PRIORITIES.every((lane) => published.count(epoch!, EVERYONE, lane) > KILLS)).toBe(true);
  }, 120_000);

  test('starts after it was killed while it made its tables', async () => {
    const other = await ServerProcess.reserve({ DATABASE_URL: `sqlite:${join(folder, 'other.db')}` });
    for (let kill = 0; kill < 5; kill++) {
      const started = other.start().catch(() => undefined);
      await wait(random.integer(300, 900));
      await other.kill();
      await started;
    }
    await other.start();
    await other.kill();
  }, 60_000);
});
