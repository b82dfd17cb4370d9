import type { FastifyInstance } from 'fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createPageServer } from '../src/page/page-server.js';
import { type Answer, RunningServer, USER_PASSWORD } from './running-server.js';

const NETWORKS = 14;
const SIGN_INS = 200;

describe('during 200 concurrent sign-ins from 14 networks', () => {
  let root: string;
  let server: RunningServer;
  let page: FastifyInstance;
  /** Limit for one request during the flood: ten sign-ins on an idle server and 200 requests that hash no password. */
  let limitMs: number;
  let flood: Promise<Answer[]>;

  beforeAll(async () => {
    ({ root, server, page } = await startWithPage());
    const alone = await timed(async () => expect((await signIn('192.0.2.1', 'password')).status).toBe(200));
    const plain = await timed(() => Promise.all(Array.from({ length: SIGN_INS }, () => server.get('/api/auth/me'))));
    limitMs = 10 * alone + plain;
    flood = Promise.all(Array.from({ length: SIGN_INS }, (_, n) => signIn(`2001:db8:0:${n % NETWORKS}::1`, 'wrong')));
  });

  afterAll(async () => {
    await flood;
    await page.close();
    await server.close();
    await rm(root, { recursive: true });
  });

  function signIn(from: string, password: string): Promise<Answer> {
    return server.fetch('/api/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
      body: JSON.stringify({ username: 'admin', password }),
    });
  }

  test('a file of the page arrives within the time of a few sign-ins', async () => {
    const { port } = page.server.address() as AddressInfo;
    const took = await timed(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/index.html`);
      expect(await answer.text()).toBe('<title>Herald</title>');
    });
    expect(took).toBeLessThan(limitMs);
  });

  test('the administrator signs in from a known network', async () => {
    const took = await timed(async () => expect((await signIn('192.0.2.1', 'password')).status).toBe(200));
    expect(took).toBeLessThan(limitMs);
  });

  test('all but a few are refused with Retry-After', async () => {
    const answers = await flood;
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 401).length).toBe(SIGN_INS - refused.length);
    expect(refused.length).toBeGreaterThan(SIGN_INS / 2);
    expect(refused[0]).toMatchObject({
      body: {
        statusCode: 503,
        error: 'Service Unavailable',
        code: 'sign_ins_busy',
        params: { seconds: 1 },
        message: 'The server is busy with other sign-ins. Try again in 1 s',
      },
    });
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
  });
});

const ATTEMPTS = 18;
const KNOWN_NETWORK = '192.0.2.50';

describe("during a person's correct sign-ins from a known network, 18 at once and repeated", () => {
  let root: string;
  let server: RunningServer;
  let page: FastifyInstance;
  /** Duration of one sign-in on an idle server. */
  let alone: number;
  const answers: Answer[] = [];
  let isOver = false;
  let flood: Promise<unknown> = Promise.resolve();

  beforeAll(async () => {
    ({ root, server, page } = await startWithPage());
    await server.createUser('bob');
    await signIn('bob', KNOWN_NETWORK);
    await signIn('admin', '192.0.2.1');
    alone = median(await durations(3, signInAsAdmin));
    await readFile();
    flood = Promise.all(Array.from({ length: ATTEMPTS }, repeatSignIn));
    while (answers.length === 0) await signInAsAdmin();
  });

  afterAll(async () => {
    isOver = true;
    await flood;
    await page.close();
    await server.close();
    await rm(root, { recursive: true });
  });

  function signIn(username: 'admin' | 'bob', from: string): Promise<Answer> {
    return server.fetch('/api/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
      body: JSON.stringify({ username, password: username === 'admin' ? 'password' : USER_PASSWORD }),
    });
  }

  /** Keeps one attempt in flight, so that a free place in the queue is taken at once. */
  async function repeatSignIn(): Promise<void> {
    while (!isOver) {
      const answer = await signIn('bob', KNOWN_NETWORK);
      answers.push(answer);
      // Without a pause, refusals would keep this process busy, which is also the server.
      if (answer.status !== 200) await pause(100);
    }
  }

  async function signInAsAdmin(): Promise<void> {
    expect((await signIn('admin', '192.0.2.1')).status).toBe(200);
  }

  async function readFile(): Promise<void> {
    const { port } = page.server.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}/index.html`)).text()).toBe('<title>Herald</title>');
  }

  async function readHealth(): Promise<void> {
    expect((await server.get('/health/live')).status).toBe(200);
  }

  test('the administrator signs in from another known network within the time of a few sign-ins', async () => {
    expect(Math.max(...(await durations(2, signInAsAdmin)))).toBeLessThan(20 * alone);
  }, 120_000);

  test('files of the page and the health check arrive sooner than two sign-ins would take', async () => {
    expect(median(await durations(11, readFile))).toBeLessThan(2 * alone);
    expect(median(await durations(11, readHealth))).toBeLessThan(2 * alone);
  }, 120_000);

  test('the surplus is refused with Retry-After, and nothing else fails', async () => {
    isOver = true;
    await flood;
    const refused = answers.filter(({ status }) => status === 503 || status === 429);
    expect(refused.length).toBeGreaterThan(0);
    const others = answers.filter((answer) => !refused.includes(answer));
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ status }) => status !== 200)).toEqual([]);
    expect(refused.filter(({ headers }) => !(Number(headers.get('retry-after')) > 0))).toEqual([]);
  });
});

async function startWithPage(): Promise<{ root: string; server: RunningServer; page: FastifyInstance }> {
  const root = await mkdtemp(join(tmpdir(), 'herald-page-'));
  await writeFile(join(root, 'index.html'), '<title>Herald</title>');
  const server = await RunningServer.start({ TRUSTED_PROXIES: 'loopback' });
  const page = await createPageServer({ root, environment: checkEnvironment({}), api: server.http });
  await page.listen({ port: 0, host: '127.0.0.1' });
  return { root, server, page };
}

async function durations(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push(await timed(work));
  return all;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1]!;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
