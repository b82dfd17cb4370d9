import { EVERYONE } from '@herald/protocol';
import { RunningServer } from '../running-server.js';
import { SeededRandom } from '../seeded-random.js';
import { ChaosClient } from './chaos-client.js';
import { type Fate, HostileProxy } from './hostile-proxy.js';
import { Publisher } from './publisher.js';

/** Notifications in each lane. Long run: `CHAOS_MESSAGES=5000 npm run test:unit -- server/test/chaos`. */
const MESSAGES = Number(process.env['CHAOS_MESSAGES'] ?? 80);
const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);
const LIMIT_MS = 10_000 + MESSAGES * 100;

describe(`a client whose connections break (seed ${SEED})`, () => {
  let random: SeededRandom;
  let server: RunningServer;
  let publisher: Publisher;
  let proxy: HostileProxy;
  let epoch: string;
  let clients: ChaosClient[];
  let neighbour: ChaosClient;

  async function start(nextFate: () => Fate): Promise<void> {
    random = new SeededRandom(SEED);
    server = await RunningServer.start();
    const token = await server.signIn();
    publisher = new Publisher(`http://${server.host}`, token, random);
    proxy = await HostileProxy.start(server.port, nextFate);
    neighbour = new ChaosClient('neighbour', [server.host], token);
    clients = ['ada', 'bob', 'cyd', 'dan'].map((name) => new ChaosClient(name, [proxy.host], token));
    for (const client of [neighbour, ...clients]) {
      client.connect();
      await client.until(() => client.ledger.isLive);
    }
    epoch = neighbour.ledger.positions!.epoch;
  }

  afterEach(async () => {
    await Promise.all([neighbour, ...clients].map((client) => client.stop()));
    await proxy.close();
    await server.close();
  });

  /** Waits until every client has received, or was told it has lost, everything published. */
  async function settle(): Promise<void> {
    const { published } = publisher;
    for (const client of [neighbour, ...clients]) {
      await client.until(() => client.ledger.isLive && published.isReachedBy(client.ledger, epoch, [EVERYONE]));
      published.check(client.ledger, epoch, [EVERYONE]);
    }
    expect(neighbour.connections).toBe(1);
  }

  it(
    'misses nothing when its connections are cut at random bytes',
    async () => {
      await start(() => ({ up: random.integer(300, 4000), down: random.integer(100, 60_000), then: 'cut' }));
      await publisher.publish(epoch, MESSAGES);
      await settle();
      expect(proxy.cuts).toBeGreaterThan(clients.length * 3);
    },
    LIMIT_MS,
  );

  it(
    'misses nothing when its connections stall, and then continue or are cut',
    async () => {
      await start(() => ({ up: Infinity, down: random.integer(2000, 80_000), then: 'stall' }));
      const release = (): void => proxy.release(() => random.one(['go on', 'cut']));
      await publisher.publish(epoch, MESSAGES, () => {
        if (publisher.answered % 30 === 0) release();
        return true;
      });
      // From here on, each new stall releases the stalled connections.
      const { published } = publisher;
      const isDone = (client: ChaosClient): boolean =>
        client.ledger.isLive && published.isReachedBy(client.ledger, epoch, [EVERYONE]);
      proxy.onStall = release;
      release();
      await Promise.all(clients.map((client) => client.until(() => isDone(client))));
      await settle();
      expect(proxy.stalls).toBeGreaterThan(clients.length * 2);
    },
    LIMIT_MS,
  );
});
