import { EVERYONE } from '../../../protocol/channels.js';
import type { ErrorAnswer, LoginAnswer } from '../../../protocol/http.js';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import { SeededRandom } from '../seeded-random.js';
import { ChaosClient } from './chaos-client.js';
import { Publisher } from './publisher.js';
import { ServerProcess } from './server-process.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);

describe(`a server that is killed while it is sent to (seed ${SEED})`, () => {
  let server: ServerProcess;
  let clients: ChaosClient[];
  let publisher: Publisher;

  beforeAll(async () => {
    server = await ServerProcess.start();
    const token = await signIn();
    publisher = new Publisher(`http://${server.host}`, token, new SeededRandom(SEED));
    clients = ['ada', 'bob', 'behind'].map((name) => new ChaosClient(name, server.host, token));
    for (const client of clients) client.comesBack = false;
    // It is sent no more than its credit, so much of what was answered with 2xx has not reached it.
    clients.at(-1)!.acknowledges = false;
  }, 20_000);

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.stop()));
    await server.kill();
  });

  it('loses nothing in silence: what was stored and not delivered is announced as a gap of another epoch', async () => {
    const before = await connectAll();
    const unanswered = await killAt(100, before);
    for (const client of clients) checkReceived(client, before, unanswered);
    const [, , behind] = clients;
    expect(
      PRIORITIES.flatMap((lane) => publisher.published.owedTo(behind!.ledger, before, EVERYONE, lane)).length,
    ).toBeGreaterThan(10);

    await server.start();
    await signInAgain();
    for (const client of clients) client.acknowledges = true;
    // The ledger of each wants a gap with the reason `epoch` in every lane, before anything else and before `live`.
    const after = await connectAll();
    expect(after).not.toBe(before);
    await publisher.publish(after, 20);
    for (const client of clients) {
      await client.until(() => publisher.published.isReachedBy(client.ledger, after, [EVERYONE]));
      publisher.published.check(client.ledger, after, [EVERYONE]);
    }
  }, 20_000);

  /** The store is in memory: with the accounts it has lost who was signed out, so tokens from before are refused. */
  async function signInAgain(): Promise<void> {
    const me = await fetch(`http://${server.host}/api/auth/me`, {
      headers: { Authorization: `Bearer ${publisher.token}` },
    });
    expect([me.status, ((await me.json()) as ErrorAnswer).message]).toEqual([
      401,
      'The server has started anew and has forgotten this sign-in; sign in again',
    ]);
    const token = await signIn();
    for (const one of [publisher, ...clients]) one.token = token;
  }

  /** @returns the epoch that all were welcomed to, once all are live */
  async function connectAll(): Promise<string> {
    for (const client of clients) {
      client.connect();
      await client.until(() => client.ledger.isLive);
    }
    return clients[0]!.ledger.positions!.epoch;
  }

  /** Kills the server once that many sends are answered and others are under way. */
  async function killAt(answers: number, epoch: string): Promise<Priority[]> {
    let killed: Promise<void> | undefined;
    const unanswered = await publisher.publish(epoch, Infinity, () => {
      if (publisher.answered === answers) killed = server.kill();
      return true;
    });
    await killed;
    for (const client of clients) await client.until(() => client.isClosed);
    return unanswered;
  }

  /** What came is what was stored; only a send that had no answer may have come beyond that. */
  function checkReceived({ ledger }: ChaosClient, epoch: string, unanswered: Priority[]): void {
    for (const lane of PRIORITIES) {
      const stored = publisher.published.count(epoch, EVERYONE, lane);
      const mostOffset = Math.max(0, ...ledger.account(epoch, EVERYONE, lane)!.received.keys());
      expect(mostOffset).toBeLessThanOrEqual(stored + (unanswered.includes(lane) ? 1 : 0));
    }
  }

  async function signIn(): Promise<string> {
    const response = await fetch(`http://${server.host}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'password' }),
    });
    return ((await response.json()) as LoginAnswer).access_token;
  }
});
