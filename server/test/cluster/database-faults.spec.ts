import { EVERYONE, type Notification, PRIORITIES } from '@herald/protocol';
import { setTimeout as wait } from 'node:timers/promises';
import { ChaosClient } from '../chaos/chaos-client.js';
import { Promises } from '../chaos/promises.js';
import { describeWithPostgres, PostgresServer } from '../repository/postgres-server.js';
import { SeededRandom } from '../seeded-random.js';
import { Cluster } from './cluster.js';
import { DatabaseProxy } from './database-proxy.js';
import { storedEntries } from './stored-entries.js';

/** Time in which every request is answered, and in which a server is ready again, in milliseconds. */
const ANSWER_MS = 5000;
const READY_MS = 10_000;
/** Time after the death of a server in which a key that it had under way is free again, in milliseconds. */
const KEY_FREE_MS = 10_000;

describeWithPostgres('two servers with one database', () => {
  const random = new SeededRandom(20_261_130);
  let postgres: PostgresServer;
  let proxy: DatabaseProxy;
  let cluster: Cluster;
  let promises: Promises;
  let clients: ChaosClient[];

  beforeAll(async () => {
    postgres = await PostgresServer.start();
    await postgres.createDatabase('herald');
    proxy = await DatabaseProxy.start(postgres.socket);
    cluster = await Cluster.start(2, proxy.url('herald'));
  }, 60_000);
  beforeEach(async () => {
    promises = new Promises(cluster.hosts, random);
    await promises.begin();
    clients = cluster.hosts.map((host) => new ChaosClient(host, [host], promises.token));
    for (const client of clients) {
      client.connect();
      await client.until(() => client.ledger.isLive);
    }
  });
  afterEach(async () => {
    for (const client of clients) await client.stop();
  });
  afterAll(async () => {
    await cluster.kill();
    await proxy.close();
  });

  const epochNow = (): string => clients[0]!.ledger.positions!.epoch;

  test('answer 503 within five seconds after it has crashed, keep their connections, and lose nothing', async () => {
    const epoch = epochNow();
    const promised = await promises.promise();
    const publishing = promises.publish(epoch);
    await postgres.stop('SIGQUIT');
    while (promises.refused === 0) await wait(10);
    for (const host of cluster.hosts) expect((await promises.request(host, 'GET', '/health/ready'))!.status).toBe(503);
    await postgres.run();
    const startedAt = performance.now();
    for (const host of cluster.hosts) await untilReady(host);
    expect(performance.now() - startedAt).toBeLessThan(READY_MS);
    await promises.expectKept(promised);
    promises.end();
    await publishing;
    await expectAllReceived(epoch);
    expect(promises.longestMs).toBeLessThan(ANSWER_MS);
    expect(clients.map(({ connections }) => connections)).toEqual([1, 1]);
  }, 60_000);

  test('store a send with a key once when the answer to its commit is lost', async () => {
    const epoch = epochNow();
    for (let n = 0; n < 10; n++) {
      proxy.cutNextCommit();
      const { id } = await promises.send({ title: 'Once', message: 'm', priority: 'high' });
      promises.published.add(epoch, EVERYONE, 'high', id);
    }
    expect(proxy.commitsCut).toBe(10);
    for (const client of clients) {
      const received = (): number => client.ledger.account(epoch, EVERYONE, 'high')!.received.size;
      await client.until(() => received() >= 10);
      expect(received()).toBe(10);
    }
  }, 60_000);

  test('lose nothing when a standby takes over that every commit waited for', async () => {
    const standby = await postgres.startStandby();
    await postgres.waitForStandby();
    const epoch = epochNow();
    const publishing = promises.publish(epoch);
    const promised = await promises.promise();
    await postgres.stop('SIGKILL');
    proxy.socket = standby.socket;
    await standby.query('SELECT pg_promote()');
    await promises.expectKept(promised);
    await promises.expectKept(await promises.promise());
    promises.end();
    await publishing;
    await expectAllReceived(epoch);
    postgres = standby;
  }, 60_000);

  test('tell every client of what is lost when a standby takes over that lacks the last commits', async () => {
    const standby = await postgres.startStandby();
    const epoch = epochNow();
    const publishing = promises.publish(epoch);
    await postgres.cutOff(standby);
    const lost = await sendInEachLane();
    for (const client of clients) await client.until(() => lost.every((id) => hasReceived(client, id)));
    await postgres.stop('SIGKILL');
    proxy.socket = standby.socket;
    await standby.query('SELECT pg_promote()');
    postgres = standby;
    const kept = await sendInEachLane();
    promises.end();
    await publishing;
    await expectToldOfAll(epoch, lost, kept);
  }, 60_000);

  test('tell every client of what is lost when an older copy takes its place', async () => {
    const epoch = epochNow();
    await sendInEachLane();
    const older = await postgres.startCopy();
    for (let n = 0; n < 5; n++) await sendInEachLane();
    const lost = await sendInEachLane();
    for (const client of clients) await client.until(() => lost.every((id) => hasReceived(client, id)));
    await postgres.stop('SIGQUIT');
    proxy.socket = older.socket;
    postgres = older;
    await expectToldOfAll(epoch, lost, await sendInEachLane());
  }, 60_000);

  test('free the key of a send within ten seconds of the death of the server that had it under way', async () => {
    const [first, second] = cluster.hosts as [string, string];
    const send = (host: string) => {
      const draft = { title: 'Orphaned', message: 'm', priority: 'high', category: 'chaos' };
      return promises.request(host, 'POST', '/api/notifications/send', draft, 'orphaned');
    };
    await clients[0]!.stop();
    const held = proxy.holdBehind('Orphaned');
    const lost = send(first);
    await held;
    await cluster.nodes[0]!.kill();
    expect(await lost).toBeUndefined();
    const diedAt = performance.now();
    let answer = await send(second);
    while (answer?.status !== 201) {
      expect([409, 503]).toContain(answer?.status);
      answer = await send(second);
    }
    expect(performance.now() - diedAt).toBeLessThan(KEY_FREE_MS);
    const { id } = (await answer.json()) as Notification;
    await clients[1]!.until(() => hasReceived(clients[1]!, id));
    const { epoch } = clients[1]!.ledger.positions!;
    expect(clients[1]!.ledger.account(epoch, EVERYONE, 'high')!.received.size).toBe(1);
  }, 30_000);

  /** @returns the ids */
  async function sendInEachLane(): Promise<string[]> {
    const sends = PRIORITIES.map((priority) => promises.send({ title: 'One', message: 'm', priority }));
    return (await Promise.all(sends)).map(({ id }) => id);
  }

  function hasReceived({ ledger }: ChaosClient, id: string): boolean {
    const { epoch } = ledger.positions!;
    return PRIORITIES.some((lane) => [...ledger.account(epoch, EVERYONE, lane)!.received.values()].includes(id));
  }

  /**
   * The log has another epoch, in which each client has received, or was told that it has lost, all that is stored. Its
   * ledger refuses a `welcome` that claims to resume, and a lane without a gap for what the client had.
   * @param kept ids of sends that were answered after the loss
   */
  async function expectToldOfAll(before: string, lost: readonly string[], kept: readonly string[]): Promise<void> {
    for (const client of clients)
      await client.until(() => client.ledger.positions!.epoch !== before && client.ledger.isLive);
    const { epoch, published, ids } = await storedEntries(postgres, 'herald', EVERYONE);
    expect(lost.filter((id) => ids.has(id))).toEqual([]);
    expect(kept.filter((id) => !ids.has(id))).toEqual([]);
    for (const client of clients) {
      await client.until(() => published.isReachedBy(client.ledger, epoch, [EVERYONE]));
      published.check(client.ledger, epoch, [EVERYONE]);
    }
  }

  async function untilReady(host: string): Promise<void> {
    while ((await promises.request(host, 'GET', '/health/ready'))?.status !== 200) await wait(20);
  }

  async function expectAllReceived(epoch: string): Promise<void> {
    const { published } = promises;
    const counts = (lane: (typeof PRIORITIES)[number], client: ChaosClient): number =>
      client.ledger.account(epoch, EVERYONE, lane)!.received.size;
    for (const client of clients) {
      for (const lane of PRIORITIES) {
        await client.until(() => counts(lane, client) >= published.count(epoch, EVERYONE, lane));
        expect(counts(lane, client)).toBe(published.count(epoch, EVERYONE, lane));
        expect(client.ledger.account(epoch, EVERYONE, lane)!.lost.size).toBe(0);
      }
    }
  }
});
