import { EVERYONE, PRIORITIES } from '@herald/protocol';
import { setTimeout as wait } from 'node:timers/promises';
import { ChaosClient } from '../chaos/chaos-client.js';
import { Promises } from '../chaos/promises.js';
import { describeWithPostgres, PostgresServer } from '../repository/postgres-server.js';
import { SeededRandom } from '../seeded-random.js';
import { Cluster } from './cluster.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_130);
const KILLS = Number(process.env['CHAOS_KILLS'] ?? 20);
/** A node is killed or stopped at a random moment within this time after the one before is back. */
const LIFE_MS = 300;
/** Longer than a node may hold its turn to write. */
const STOPPED_MS = 3000;
/** Nobody waits longer for an answer. */
const ANSWER_MS = 5000;

describeWithPostgres(`three servers with one database (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  let cluster: Cluster;
  let promises: Promises;
  let clients: ChaosClient[];
  let epoch: string;

  beforeAll(async () => {
    const postgres = await PostgresServer.start();
    cluster = await Cluster.start(3, await postgres.createDatabase());
    promises = new Promises(cluster.hosts, random);
    await promises.begin();
    clients = ['ada', 'bob', 'cyd'].map((name, n) => {
      const hosts = cluster.hosts;
      return new ChaosClient(name, [...hosts.slice(n), ...hosts.slice(0, n)], promises.token);
    });
    for (const client of clients) {
      client.connect();
      await client.until(() => client.ledger.isLive);
    }
    epoch = clients[0]!.ledger.positions!.epoch;
  }, 60_000);
  afterAll(() => cluster.kill());

  test(`keep everything that was answered with 2xx while one of them is killed ${KILLS} times, and clients miss nothing`, async () => {
    const publishing = promises.publish(epoch);
    for (let kill = 0; kill < KILLS; kill++) {
      const promised = await promises.promise();
      await wait(random.integer(0, LIFE_MS));
      const node = random.one(cluster.nodes);
      await node.kill();
      await promises.expectKept(promised);
      await node.start();
    }
    await stopAndResume();
    promises.end();
    await publishing;
    await expectAllReceived();
    expect(PRIORITIES.every((lane) => promises.published.count(epoch, EVERYONE, lane) > KILLS)).toBe(true);
  }, 180_000);

  /** The process of a node gets no time: the others go on without it, and it goes on later. */
  async function stopAndResume(): Promise<void> {
    const node = cluster.nodes[0]!;
    const others = new Promises(cluster.hosts.slice(1), random);
    await others.begin();
    node.pause();
    const resumed = wait(STOPPED_MS).then(() => node.resume());
    const promised = await others.promise();
    await others.expectKept(promised);
    expect(others.longestMs).toBeLessThan(ANSWER_MS);
    await resumed;
  }

  async function expectAllReceived(): Promise<void> {
    const { published } = promises;
    for (const client of clients) {
      await client.until(() => published.isReachedBy(client.ledger, epoch, [EVERYONE]));
      published.check(client.ledger, epoch, [EVERYONE]);
      for (const lane of PRIORITIES) expect(client.ledger.account(epoch, EVERYONE, lane)!.lost.size).toBe(0);
      await client.stop();
    }
  }
});
