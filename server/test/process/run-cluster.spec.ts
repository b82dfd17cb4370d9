import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPostgres } from '../../cluster/find-postgres.js';
import { FrameSocket } from '../frame-socket.js';
import { describeWithPostgres } from '../repository/postgres-server.js';
import { DRAFT } from '../running-server.js';
import { LogLines } from './log-lines.js';
import { signIn } from './sign-in.js';

const LOADER = new URL('../chaos/typescript-loader.js', import.meta.url).href;
const [MAIN, SERVER] = ['../../cluster/main.ts', '../../src/main.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
) as [string, string];

const folder = mkdtempSync(join(tmpdir(), 'herald-cluster-'));
let child: ChildProcess | undefined;

beforeAll(() => chmodSync(folder, 0o755));
afterAll(() => {
  // Stops the nodes and the database, too, if the test has failed.
  child?.kill('SIGTERM');
  rmSync(folder, { recursive: true });
});

describe('findPostgres', () => {
  function install(...versions: string[]): string {
    const debian = mkdtempSync(join(folder, 'debian-'));
    for (const version of versions) {
      const bin = join(debian, version, 'bin');
      mkdirSync(bin, { recursive: true });
      for (const program of ['initdb', 'postgres']) writeFileSync(join(bin, program), '');
    }
    return debian;
  }

  test('prefers the newest version of Debian’s packages', () => {
    const debian = install('9', '15', '13');
    expect(findPostgres(debian, '')).toBe(join(debian, '15', 'bin'));
  });

  test('finds the programs in PATH, and nothing if only one of them is there', () => {
    const other = install('17');
    const bin = join(other, '17', 'bin');
    expect(findPostgres(join(folder, 'none'), `/nowhere:${bin}`)).toBe(bin);
    rmSync(join(bin, 'initdb'));
    expect(findPostgres(other, bin)).toBeUndefined();
  });

  afterAll(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  });
});

describeWithPostgres('npm run cluster', () => {
  test('delivers at one node what another one has stored, and leaves nothing behind at SIGINT', async () => {
    const env = { PATH: process.env['PATH'], TMPDIR: folder, PORT: '0', UI_PORT: '0' };
    const options = ['--no-warnings', MAIN, '--no-warnings', '--import', LOADER, SERVER];
    child = spawn(process.execPath, options, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const lines = new LogLines(child.stdout!);
    const [, balancer] = await lines.next(/^API and WebSocket of all nodes: http:\/\/(\S+)$/);
    const nodes: { host: string; pid: number }[] = [];
    for (const n of [1, 2, 3]) {
      const [, host, pid] = await lines.next(new RegExp(`^node ${n}: API http://(\\S+), process (\\d+)$`));
      nodes.push({ host: host!, pid: Number(pid) });
    }
    const [first, second, third] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]];

    const token = await signIn(balancer!);
    const client = await FrameSocket.live(second, token);
    await client.next('live');
    await send(first.host, token);
    expect((await client.next('notification')).data.title).toBe(DRAFT.title);

    // The balancer passes over a node that is gone.
    process.kill(third.pid, 'SIGKILL');
    await lines.next(/^node 3 has ended$/);
    for (let n = 0; n < 3; n++) {
      const throughBalancer = await FrameSocket.live({ host: balancer! }, token);
      throughBalancer.socket.terminate();
    }

    child.kill('SIGINT');
    await client.next('bye');
    expect(await ended).toEqual([0, null]);
    for (const { pid } of nodes) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    // SWC, which compiles the nodes here, leaves a folder of its own.
    expect(readdirSync(folder).filter((name) => !name.startsWith('swc-'))).toEqual([]);
  });
});

async function send(host: string, token: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const answer = await fetch(`http://${host}/api/notifications/send`, {
    method: 'POST',
    headers,
    body: JSON.stringify(DRAFT),
  });
  expect(answer.status).toBe(201);
}
