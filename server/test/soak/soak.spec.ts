import type { LoginAnswer } from '@herald/protocol';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ServerProcess } from '../chaos/server-process.js';
import { type Attack, ATTACKS, PASSWORD, unreadSockets, releaseAll, type Target } from './attacks.js';
import type { ProbeReport } from './probe.js';

/** Seconds of attacks in all. Ten minutes: `SOAK_SECONDS=600 npm run test:unit -- server/test/soak`. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
/** Concurrent calls of one attack. */
const AT_ONCE = 3;
const P99_MS = 100;
/** A busy process waits longer for the CPU than an idle one, by about this factor. */
const MACHINE_FACTOR = 2;
const HEAP_MB = 256;
/** Limit of the peak resident memory: the heap, texts and bodies outside of it, and two password hashes at a time. */
const PEAK_MB = 600;

describe(`a server with a heap of ${HEAP_MB} MB, attacked for ${SECONDS} s`, () => {
  let server: ServerProcess;
  let target: Target;
  let probe: ChildProcess;
  /** A second server, which nobody attacks, shows the delay that the machine alone causes. */
  let quietServer: ServerProcess;
  let quietProbe: ChildProcess;

  beforeAll(async () => {
    server = await ServerProcess.start({
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
      LOG_LEVEL: 'debug',
      TRUSTED_PROXIES: 'loopback',
    });
    const admin = await signIn(server, 'admin', 'password');
    for (const username of ['mallory', 'trudy', 'ada']) await createUser(server, admin, username);
    target = {
      host: server.host,
      port: server.port,
      admin,
      mallory: await signIn(server, 'mallory', PASSWORD),
      trudy: await signIn(server, 'trudy', PASSWORD),
    };
    for (const attack of ATTACKS) await attack.prepare?.(target);
    quietServer = await ServerProcess.start({});
    await createUser(quietServer, await signIn(quietServer, 'admin', 'password'), 'ada');
    quietProbe = startProbe(quietServer.host, await signIn(quietServer, 'ada', PASSWORD));
    probe = startProbe(server.host, await signIn(server, 'ada', PASSWORD));
  }, 60_000);

  afterAll(async () => {
    releaseAll();
    for (const child of [probe, quietProbe]) child.kill('SIGKILL');
    await server.kill();
    await quietServer.kill();
  });

  it(
    `answers others within ${P99_MS} ms at p99, and survives`,
    async () => {
      for (const attack of ATTACKS) {
        const seen = await repeat(attack, (SECONDS * 1000) / ATTACKS.length);
        expect({
          attack: attack.name,
          seen: [...seen].filter((status) => !attack.tolerated?.includes(status)).sort(),
        }).toEqual({ attack: attack.name, seen: attack.expected });
      }
      expect(unreadSockets()).toBeGreaterThan(0);
      expect(server.peakMegabytes()).toBeLessThan(PEAK_MB);
      const [report, quiet] = [await reportOf(probe), await reportOf(quietProbe)];
      expect([...report.faults, ...quiet.faults]).toEqual([]);
      const slow = (['health', 'delivery', 'page'] as const)
        .map((name) => ({ name, p99: p99(report[name]), bound: P99_MS + MACHINE_FACTOR * p99(quiet[name]) }))
        .filter(({ p99, bound }) => !(p99 <= bound));
      expect(slow).toEqual([]);
    },
    SECONDS * 3000,
  );

  /** @returns the statuses that the server answered */
  async function repeat(attack: Attack, ms: number): Promise<Set<number>> {
    const end = performance.now() + ms;
    const statuses = new Set<number>();
    let n = 0;
    const attacker = async (): Promise<void> => {
      while (performance.now() < end) {
        for (const status of await attack.strike(target, n++)) statuses.add(status);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, attacker));
    return statuses;
  }
});

async function signIn(server: ServerProcess, username: string, password: string): Promise<string> {
  const response = await post(server, '/api/auth/login', { username, password });
  return ((await response.json()) as LoginAnswer).access_token;
}

async function createUser(server: ServerProcess, admin: string, username: string): Promise<void> {
  const { status } = await post(server, '/api/users', { username, password: PASSWORD, roles: [] }, admin);
  expect(status).toBe(201);
}

function post({ host }: ServerProcess, path: string, body: object, token?: string): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  return fetch(`http://${host}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function startProbe(host: string, token: string): ChildProcess {
  return fork(fileURLToPath(new URL('probe.ts', import.meta.url)), [host, token]);
}

async function reportOf(probe: ChildProcess): Promise<ProbeReport> {
  const answered = once(probe, 'message');
  probe.send('report');
  const [report] = (await answered) as [ProbeReport];
  return report;
}

/** @param times ascending */
function p99(times: readonly number[]): number {
  return times[Math.floor(times.length * 0.99)] ?? NaN;
}
