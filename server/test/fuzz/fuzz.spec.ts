import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { promisify } from 'node:util';
import { Connections } from '../../src/connections/connections.js';
import { ChaosClient } from '../chaos/chaos-client.js';
import { Publisher } from '../chaos/publisher.js';
import { heapBytes } from '../collect-garbage.js';
import { useServer } from '../running-server.js';
import { SeededRandom } from '../seeded-random.js';
import { Attacker } from './attacker.js';
import { randomJson, randomRequest } from './garbage.js';
import { randomConversation } from './websocket-garbage.js';

/**
 * Attacks in all. Long run: `FUZZ_SECONDS=60 npm run test:unit -- server/test/fuzz`, with a new `FUZZ_SEED=<n>` each
 * time.
 */
const ATTACKS = 400;
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 0);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const AT_ONCE = 8;
const HEAP_GROWTH_BYTES = 8 * 1024 * 1024;

describe(`garbage of every kind (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  const server = useServer({ HISTORY_LIMIT: '200' });
  let attacker: Attacker;
  let neighbour: ChaosClient;
  let publisher: Publisher;
  let endpoints: { path: string; method: string }[];
  const statuses = new Map<string, number>();

  beforeAll(async () => {
    const token = await server.signIn();
    attacker = new Attacker(server, token);
    publisher = new Publisher(`http://${server.host}`, token, random);
    neighbour = new ChaosClient('neighbour', [server.host], token);
    neighbour.connect();
    await neighbour.until(() => neighbour.ledger.isLive);
    const { paths } = (await server.get('/docs-json')).body as { paths: Record<string, Record<string, unknown>> };
    // After a sign-out, the server would only refuse the attacker.
    const attacked = Object.entries(paths).filter(([path]) => path !== '/api/auth/logout');
    endpoints = attacked.flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
    );
  });

  afterAll(async () => {
    await neighbour.stop();
  });

  it(
    'neither crashes the server, nor gets a 500, nor stays in memory, nor harms other clients',
    async () => {
      const errors = jest.spyOn(Logger.prototype, 'error');
      const end = Date.now() + SECONDS * 1000;
      await attackAll(ATTACKS / 2, 0);
      const [heapBefore, connectionsBefore] = [heapBytes(), await openConnections()];
      await attackAll(ATTACKS / 2, end);
      expect(await openConnections()).toBeLessThanOrEqual(connectionsBefore);
      expect(server.app.get(Connections).size).toBe(1);
      expect(heapBytes() - heapBefore).toBeLessThan(HEAP_GROWTH_BYTES);
      expect([...statuses.keys()].filter((status) => status >= '500')).toEqual([]);
      expect(errors.mock.calls).toEqual([]);
      // Each of these statuses occurred, so each kind of attack got as far as intended.
      expect([...statuses.keys()]).toEqual(expect.arrayContaining(['101', '200', '400', '401', '404']));
    },
    30_000 + SECONDS * 2000,
  );

  async function attackAll(least: number, end: number): Promise<void> {
    const { epoch } = neighbour.ledger.positions!;
    for (let n = 0; n < least || Date.now() < end; n += AT_ONCE) {
      await Promise.all([publisher.publish(epoch, 1), ...Array.from({ length: AT_ONCE }, attack)]);
    }
    await neighbour.until(() => publisher.published.isReachedBy(neighbour.ledger, epoch, ['everyone']));
    publisher.published.check(neighbour.ledger, epoch, ['everyone']);
    expect(neighbour.connections).toBe(1);
  }

  async function attack(): Promise<void> {
    const answer = await say();
    for (const [, status = ''] of answer.matchAll(/HTTP\/1\.1 (\d{3}) /g))
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(answer).not.toContain('"code":"internal"');
  }

  function say(): Promise<string> {
    switch (random.integer(0, 5)) {
      case 0:
        return attacker.say(randomRequest(random, attacker.upgrade()));
      case 1:
        return attacker.say(
          randomRequest(random, attacker.post('/api/notifications/send', 'POST', randomJson(random))),
        );
      case 2:
        return attacker.say(attacker.upgrade(), random.bytes(random.integer(1, 500)));
      case 3:
      case 4:
        return attacker.say(attacker.upgrade(random.one(['herald.v1', ''])), randomConversation(random));
      default:
        return attacker.say(randomCall());
    }
  }

  /** A request to a documented endpoint, with a body and a path of any kind. */
  function randomCall(): string {
    const { path, method } = random.one(endpoints);
    const parameter = (): string =>
      encodeURIComponent(random.one(['x', '__proto__', '..', '%', 'a'.repeat(300), 'ä💥', ' ']));
    const query = random.next() < 0.3 ? `?limit=${parameter()}&before=${parameter()}&__proto__=1` : '';
    return attacker.post(
      path.replace(/\{\w+\}/g, parameter) + query,
      method,
      method === 'GET' ? '' : randomJson(random),
    );
  }

  function openConnections(): Promise<number> {
    return promisify(server.http.getConnections.bind(server.http))();
  }
});
