import { EVERYONE, type LoginAnswer, type Notification, PRIORITIES, type Priority } from '@herald/protocol';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Published } from '../delivery-promise/published.js';
import { SeededRandom } from '../seeded-random.js';
import { ChaosClient } from './chaos-client.js';
import { ServerProcess } from './server-process.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);
const KILLS = Number(process.env['CHAOS_KILLS'] ?? 20);
/** The server is killed at a random moment within this time of being ready. */
const LIFE_MS = 300;
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

describe(`a server with SQLite that is killed ${KILLS} times at random moments (seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-chaos-'));
  const random = new SeededRandom(SEED);
  const published = new Published();
  let server: ServerProcess;
  let token: string;
  let isOver = false;
  let keys = 0;

  beforeAll(async () => {
    server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(folder, 'herald.db')}` });
    token = await signIn();
  });

  afterAll(async () => {
    await server.kill();
    rmSync(folder, { recursive: true });
  });

  test('keeps the epoch and everything that was answered with 2xx, and clients miss and repeat nothing', async () => {
    const clients = ['ada', 'bob'].map((name) => new ChaosClient(name, server.host, token));
    for (const client of clients) client.comesBack = false;
    const epochs = new Set<string>();
    const connect = async (): Promise<void> => {
      for (const client of clients) client.connect();
      for (const client of clients) await client.until(() => client.ledger.isLive || client.isClosed);
      epochs.add(clients[0]!.ledger.positions!.epoch);
    };

    await connect();
    const [epoch] = epochs;
    const publishing = PRIORITIES.map((lane) => publish(epoch!, lane));
    for (let kill = 0; kill < KILLS; kill++) {
      const promised = await promise();
      await wait(random.integer(0, LIFE_MS));
      await server.kill();
      for (const client of clients) await client.until(() => client.isClosed);
      await server.start();
      await connect();
      await expectKept(promised);
    }
    isOver = true;
    await Promise.all(publishing);

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

  /** Sends one after the other until it is over. A send without an answer is repeated with the same key. */
  async function publish(epoch: string, priority: Priority): Promise<void> {
    while (!isOver) {
      const { id } = await send({ title: 'Chaos', message: '€'.repeat(random.one([1, 200, 4000])), priority });
      published.add(epoch, EVERYONE, priority, id);
    }
  }

  async function send(draft: object): Promise<Notification> {
    const key = `send-${++keys}`;
    for (;;) {
      const answer = await request('POST', '/api/notifications/send', { category: 'chaos', ...draft }, key);
      if (answer === undefined) await wait(20);
      else if (answer.status === 201 || answer.status === 202) return (await answer.json()) as Notification;
      else throw new Error(`A send was answered ${answer.status}`);
    }
  }

  /** Changes of every kind that were answered with 2xx. */
  async function promise(): Promise<{ read: string; scheduled: string; signedOut: string; user: string }> {
    const user = `user-${keys}`;
    const read = (await send({ title: 'To read', message: 'm', priority: 'low', audience: ['user:admin'] })).id;
    const scheduled = (await send({ title: 'Later', message: 'm', priority: 'low', deliverAt: TOMORROW })).id;
    const signedOut = await signIn();
    const answers = [
      await request('POST', '/api/notifications/state', { ids: [read], read: true }),
      await request('POST', '/api/users', { username: user, password: 'correct horse battery', roles: [] }),
      await request('POST', '/api/auth/logout', undefined, undefined, signedOut),
    ];
    for (const answer of answers) if (answer?.ok !== true) throw new Error(`A change was answered ${answer?.status}`);
    return { read, scheduled, signedOut, user };
  }

  async function expectKept(promised: Awaited<ReturnType<typeof promise>>): Promise<void> {
    const get = async (path: string): Promise<unknown> => (await request('GET', path))!.json();
    expect(await get(`/api/notifications/${promised.read}`)).toMatchObject({ read: true });
    expect(await get('/api/notifications/scheduled?limit=100')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: promised.scheduled })]),
    });
    expect(await get('/api/users?limit=100')).toContainEqual(expect.objectContaining({ username: promised.user }));
    expect((await request('GET', '/api/auth/me', undefined, undefined, promised.signedOut))!.status).toBe(401);
  }

  /** @returns undefined if the connection broke */
  async function request(
    method: string,
    path: string,
    body?: object,
    key?: string,
    bearer = token,
  ): Promise<Response | undefined> {
    const headers = {
      Authorization: `Bearer ${bearer}`,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    try {
      const answer = await fetch(`http://${server.host}${path}`, init);
      return new Response((await answer.text()) || null, { status: answer.status });
    } catch (error) {
      // For a lost connection, fetch throws a TypeError of another realm than Jest's.
      if ((error as Error).name === 'TypeError') return undefined;
      throw error;
    }
  }

  async function signIn(): Promise<string> {
    const answer = await request('POST', '/api/auth/login', { username: 'admin', password: 'password' }, undefined, '');
    return ((await answer!.json()) as LoginAnswer).access_token;
  }
});
