import { type ErrorAnswer, EVERYONE, type LoginAnswer, PRIORITIES, type Priority } from '@herald/protocol';
import { SeededRandom } from '../seeded-random.js';
import { ChaosClient } from './chaos-client.js';
import { Publisher } from './publisher.js';
import { ServerProcess } from './server-process.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);

describe(`a server that is killed during sends (seed ${SEED})`, () => {
  let server: ServerProcess;
  let clients: ChaosClient[];
  let publisher: Publisher;

  beforeAll(async () => {
    server = await ServerProcess.start();
    const token = await signIn();
    publisher = new Publisher(`http://${server.host}`, token, new SeededRandom(SEED));
    clients = ['ada', 'bob', 'behind'].map((name) => new ChaosClient(name, [server.host], token));
    for (const client of clients) client.comesBack = false;
    // The server stops sending at this client's credit, so the client misses many stored entries.
    clients.at(-1)!.acknowledges = false;
  }, 20_000);

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.stop()));
    await server.kill();
  });

  it('loses nothing in silence: a gap of another epoch announces undelivered entries', async () => {
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
    // Each ledger demands a gap with the reason `epoch` in every lane, before any entry and before `live`.
    const after = await connectAll();
    expect(after).not.toBe(before);
    await publisher.publish(after, 20);
    for (const client of clients) {
      await client.until(() => publisher.published.isReachedBy(client.ledger, after, [EVERYONE]));
      publisher.published.check(client.ledger, after, [EVERYONE]);
    }
  }, 20_000);

  /** Accounts and sign-outs are in memory, so a restarted server refuses earlier tokens. */
  async function signInAgain(): Promise<void> {
    const me = await fetch(`http://${server.host}/api/auth/me`, {
      headers: { Authorization: `Bearer ${publisher.token}` },
    });
    expect([me.status, ((await me.json()) as ErrorAnswer).message]).toEqual([
      401,
      'The server was restarted and has lost this sign-in. Sign in again',
    ]);
    const token = await signIn();
    for (const one of [publisher, ...clients]) one.token = token;
  }

  /** @returns the epoch of the welcomes, once all clients are live */
  async function connectAll(): Promise<string> {
    for (const client of clients) {
      client.connect();
      await client.until(() => client.ledger.isLive);
    }
    return clients[0]!.ledger.positions!.epoch;
  }

  /** Kills the server after that many answers, with sends in flight. @returns lanes with an unanswered send */
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

  /** A client has received stored entries only, except for a send without an answer. */
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
