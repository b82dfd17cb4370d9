import {
  type AppWithKey,
  CLOSE_UNAUTHENTICATED,
  EVERYONE,
  type Notification,
  type TicketAnswer,
  userChannel,
} from '@herald/protocol';
import { setTimeout as wait } from 'node:timers/promises';
import { ChaosClient } from '../chaos/chaos-client.js';
import { Promises } from '../chaos/promises.js';
import { FrameSocket } from '../frame-socket.js';
import { describeWithPostgres, PostgresServer } from '../repository/postgres-server.js';
import { SeededRandom } from '../seeded-random.js';
import { Cluster } from './cluster.js';

/** Time after its instant, or after the death of the server that had taken it, by which something due is done. */
const DUE_WITHIN_MS = 3000;
const PLANNED = 20;
const SEND = '/api/notifications/send';
/** Failed sign-ins from one network before the next is refused. */
const FAILURES_MAX = 20;
/** Sends with a key of their own, and requests for each. */
const SENDS = 200;
const RETRIES = 50;
/** Connections of a user, and the part of them from which on a server tells the others, as `PeerConnections` does. */
const CONNECTIONS_MAX = 100;
const UNTOLD = Math.ceil(CONNECTIONS_MAX / 8) - 1;

describeWithPostgres('three servers with one database', () => {
  const random = new SeededRandom(20_261_130);
  let cluster: Cluster;
  let promises: Promises;
  let client: ChaosClient;

  beforeAll(async () => {
    const postgres = await PostgresServer.start();
    cluster = await Cluster.start(3, await postgres.createDatabase());
    promises = new Promises(cluster.hosts, random);
    await promises.begin();
    client = new ChaosClient('ada', cluster.hosts.slice(2), promises.token);
    client.connect();
    await client.until(() => client.ledger.isLive);
  }, 60_000);
  afterAll(async () => {
    await client.stop();
    await cluster.kill();
  });

  const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const receivedIn = (lane: 'high' | 'medium' | 'low', channel = EVERYONE): number =>
    client.ledger.account(client.ledger.positions!.epoch, channel, lane)!.received.size;

  test('send planned notifications once, retract an expired one once, and end a snooze once, although one server is killed', async () => {
    const startedAt = Date.now();
    const snoozed = await promises.send({ title: 'Snoozed', message: 'm', priority: 'medium' });
    // Time for the other requests, on a slow machine too.
    const due = inMs(3000 + 10 * (Date.now() - startedAt));
    const planned = Array.from({ length: PLANNED }, (_, n) => ({ title: `Planned ${n}`, message: 'm' }));
    await Promise.all(planned.map((draft) => promises.send({ ...draft, priority: 'low', deliverAt: due })));
    const expiring = await promises.send({ title: 'Expires', message: 'm', priority: 'high', expiresAt: due });
    const entriesSoFar = receivedIn('medium', userChannel('admin')) + 1;
    await promises.change({ ids: [snoozed.id], snoozedUntil: due });
    await client.until(() => receivedIn('medium', userChannel('admin')) === entriesSoFar);
    await wait(Date.parse(due) - Date.now());
    await cluster.nodes[0]!.kill();
    await client.until(() => receivedIn('low') >= PLANNED && receivedIn('high') >= 2);
    await client.until(() => receivedIn('medium', userChannel('admin')) > entriesSoFar);
    expect(Date.now() - Date.parse(due)).toBeLessThan(DUE_WITHIN_MS);
    await cluster.nodes[0]!.start();
    // Each of the others has had time to do it again.
    await wait(DUE_WITHIN_MS);
    expect([receivedIn('low'), receivedIn('high')]).toEqual([PLANNED, 2]);
    expect(receivedIn('medium', userChannel('admin'))).toBe(entriesSoFar + 1);
    expect(await promises.find(expiring.id)).toBeUndefined();
    expect(await promises.find(snoozed.id)).toMatchObject({ snoozedUntil: null, read: false });
  }, 60_000);

  test(`store each of ${SENDS} sends once, which ${SENDS * RETRIES} requests repeat at different servers`, async () => {
    const before = receivedIn('low');
    const draft = (n: number) => ({ title: `Send ${n}`, message: 'm', priority: 'low', category: 'retries' });
    for (let n = 0; n < SENDS; n++) {
      const answers = await Promise.all(
        Array.from({ length: RETRIES }, async (_, retry) => {
          const host = cluster.hosts[retry % 2]!;
          return promises.request(host, 'POST', SEND, draft(n), `retried-${n}`);
        }),
      );
      const ids = new Set<string>();
      for (const answer of answers) {
        // 409: another request with this key is under way at the same server.
        if (answer!.status === 201) ids.add(((await answer!.json()) as Notification).id);
        else expect(answer!.status).toBe(409);
      }
      expect(ids.size).toBe(1);
    }
    await client.until(() => receivedIn('low') >= before + SENDS);
    expect(receivedIn('low')).toBe(before + SENDS);
  }, 120_000);

  test('close the connections of a sign-in within a second of its end at another server', async () => {
    const other = new Promises(cluster.hosts, random);
    await other.begin();
    const connected = new ChaosClient('bob', [cluster.hosts[1]!], other.token);
    connected.comesBack = false;
    connected.connect();
    await connected.until(() => connected.ledger.isLive);
    const [first] = cluster.hosts;
    expect((await other.request(first!, 'POST', '/api/auth/logout'))!.status).toBe(204);
    const signedOutAt = performance.now();
    for (const host of cluster.hosts) expect((await other.request(host, 'GET', '/api/auth/me'))!.status).toBe(401);
    await connected.until(() => connected.isClosed);
    expect(connected.closeCode).toBe(4401);
    expect(performance.now() - signedOutAt).toBeLessThan(1000);
  });

  test('apply changed roles to the connections at every server within a second, and close them at a new password', async () => {
    const eve = await signInNew('eve');
    const sockets = await Promise.all(cluster.hosts.map((host) => FrameSocket.live({ host }, eve.token)));
    for (const socket of sockets) await socket.next('live');
    const change = async (body: object): Promise<number> => {
      expect((await promises.request(cluster.hosts[0]!, 'PATCH', '/api/users/eve', body))!.status).toBe(200);
      return performance.now();
    };
    for (const roles of [['ops'], []]) {
      const changedAt = await change({ roles });
      for (const socket of sockets) {
        const { joined, left } = (await socket.next('channels')).data;
        expect([Object.keys(joined), left]).toEqual(roles.length > 0 ? [['role:ops'], []] : [[], ['role:ops']]);
      }
      expect(performance.now() - changedAt).toBeLessThan(1000);
    }
    const changedAt = await change({ password: 'a new battery staple' });
    for (const { closed } of sockets) expect((await closed).code).toBe(CLOSE_UNAUTHENTICATED);
    expect(performance.now() - changedAt).toBeLessThan(1000);
  });

  test('cap the connections of a user together, but for an eighth of the limit at each other server', async () => {
    const { token } = await signInNew('flo');
    const [first, second, third] = cluster.hosts as [string, string, string];
    const open = (host: string, count: number): Promise<FrameSocket[]> =>
      Promise.all(Array.from({ length: count }, () => FrameSocket.open({ host }, token)));
    /** Tries one more connection, which ends at once. */
    const isRefused = async (host: string): Promise<boolean> => {
      try {
        (await FrameSocket.open({ host }, token)).socket.terminate();
        return false;
      } catch (error) {
        expect(String(error)).toContain('429');
        return true;
      }
    };
    const sockets = [...(await open(first, UNTOLD)), ...(await open(second, UNTOLD))];
    sockets.push(...(await open(third, CONNECTIONS_MAX)));
    expect(await isRefused(third)).toBe(true);
    // The third one tells the others within a second.
    const fullAt = performance.now();
    for (const host of [first, second]) while (!(await isRefused(host)));
    expect(performance.now() - fullAt).toBeLessThan(2000);
    for (const { socket } of sockets) socket.terminate();
  });

  test('take a ticket of any of them once', async () => {
    for (const maker of cluster.hosts) {
      const made = await promises.request(maker, 'POST', '/api/auth/tickets');
      const { ticket } = (await made!.json()) as TicketAnswer;
      const stream = async (host: string): Promise<number> => {
        const answer = await fetch(`http://${host}/api/notifications/stream?ticket=${ticket}`);
        await answer.body!.cancel();
        return answer.status;
      };
      const used = await Promise.all(cluster.hosts.map(stream));
      expect(used.sort()).toEqual([200, 401, 401]);
      expect(await stream(cluster.hosts[0]!)).toBe(401);
    }
  });

  test('refuse a revoked key within a second at every server', async () => {
    const app = { name: 'ci', audience: ['everyone'] };
    const [first] = cluster.hosts;
    const created = await promises.request(first!, 'POST', '/api/apps', app);
    const { id, key } = (await created!.json()) as AppWithKey;
    const body = JSON.stringify({ title: 't', message: 'm', priority: 'low', category: 'c' });
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
    const send = async (host: string): Promise<number> =>
      (await fetch(`http://${host}${SEND}`, { method: 'POST', headers, body })).status;
    for (const host of cluster.hosts) expect(await send(host)).toBe(201);
    expect((await promises.request(first!, 'DELETE', `/api/apps/${id}`))!.status).toBe(204);
    const revokedAt = performance.now();
    expect(await send(first!)).toBe(401);
    for (const host of cluster.hosts) while ((await send(host)) !== 401);
    expect(performance.now() - revokedAt).toBeLessThan(1000);
  });

  // The last one: after it, no new account may sign in from here.
  test('count failed sign-ins and sends together', async () => {
    const [first, second] = cluster.hosts as [string, string];
    const his = await signInNew('bob');
    const one = { title: 't', message: 'm', priority: 'low', category: 'c', audience: ['user:bob'] };
    const send = async (host: string, body: object) => (await his.request(host, 'POST', SEND, body))!.status;
    // A full bucket has 1,000 sends: the other server would admit as many by itself.
    expect(
      await send(
        first,
        Array.from({ length: 990 }, () => one),
      ),
    ).toBe(201);
    let sends = 0;
    while ((await send(second, one)) === 201) sends += 1;
    expect(sends).toBeLessThan(500);

    const wrong = { username: 'nobody', password: 'wrong' };
    const signIn = async (host: string) => (await promises.request(host, 'POST', '/api/auth/login', wrong))!.status;
    for (let n = 0; n < FAILURES_MAX; n++) expect(await signIn(first)).toBe(401);
    let failures = 0;
    while ((await signIn(second)) === 401) failures += 1;
    expect(failures).toBeLessThan(FAILURES_MAX);
  }, 30_000);

  /** Adds an account, and signs it in. */
  async function signInNew(username: string): Promise<Promises> {
    const account = { username, password: 'correct horse battery', roles: [] };
    expect((await promises.request(cluster.hosts[0]!, 'POST', '/api/users', account))!.status).toBe(201);
    const own = new Promises(cluster.hosts, random);
    await own.begin(account);
    return own;
  }
});
