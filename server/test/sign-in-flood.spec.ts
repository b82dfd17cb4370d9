import type { FastifyInstance } from 'fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnvironment } from '../src/config/environment.js';
import { createPageServer } from '../src/page/page-server.js';
import { type Answer, RunningServer } from './running-server.js';

const NETWORKS = 14;
const SIGN_INS = 200;

describe('while 200 sign-ins from 14 networks are tried at once', () => {
  let root: string;
  let server: RunningServer;
  let page: FastifyInstance;
  /** How long one sign-in takes while there is nothing else to do. */
  let alone: number;
  let flood: Promise<Answer[]>;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'herald-page-'));
    await writeFile(join(root, 'index.html'), '<title>Herald</title>');
    server = await RunningServer.start({ TRUSTED_PROXIES: 'loopback' });
    page = await createPageServer({ root, environment: checkEnvironment({}), api: server.http });
    await page.listen({ port: 0, host: '127.0.0.1' });
    alone = await timed(async () => expect((await signIn('192.0.2.1', 'password')).status).toBe(200));
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
    expect(took).toBeLessThan(10 * alone);
  });

  test('the administrator signs in from a known network', async () => {
    const took = await timed(async () => expect((await signIn('192.0.2.1', 'password')).status).toBe(200));
    expect(took).toBeLessThan(10 * alone);
  });

  test('all but a few are told when to come back', async () => {
    const answers = await flood;
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 401).length).toBe(SIGN_INS - refused.length);
    expect(refused.length).toBeGreaterThan(SIGN_INS / 2);
    expect(refused[0]).toMatchObject({
      body: { statusCode: 503, error: 'Service Unavailable', message: 'The server is busy with other sign-ins. Try again in 5 s' },
    });
    expect(refused[0]!.headers.get('retry-after')).toBe('5');
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
