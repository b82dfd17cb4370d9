import type { InboxItem } from '@herald/protocol';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DRAFT, useServer } from './running-server.js';

const LOADER = new URL('chaos/typescript-loader.js', import.meta.url).href;
const PROGRAMS = [...readFileSync('client/sdk/README.md', 'utf8').matchAll(/```ts\n([^]*?)```/g)].map(
  ([, code]) => code!,
);

describe("the first program in the client library's README", () => {
  const [source = ''] = PROGRAMS;
  const received: string[] = [];
  let folder: string;
  const server = useServer();
  let running: ChildProcess | undefined;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'herald-program-'));
    writeFileSync(join(folder, 'program.ts'), source);
    // It keeps its positions in a folder of its own, and imports as in this one.
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => {
    running?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Resolves once it is live. */
  async function start(): Promise<void> {
    const env = { PATH: process.env['PATH'], HERALD_URL: `http://${server.host}` };
    const child = spawn(process.execPath, ['--import', LOADER, 'program.ts'], { cwd: folder, env });
    running = child;
    createInterface(child.stdout).on('line', (line) => received.push(line));
    const lines: string[] = [];
    for await (const line of createInterface(child.stderr)) {
      lines.push(line);
      if (line === 'live') break;
    }
    expect(lines.at(-1)).toBe('live');
    child.stderr.resume();
  }

  async function kill(): Promise<void> {
    const exited = once(running!, 'close');
    running!.kill('SIGKILL');
    await exited;
  }

  async function until(count: number): Promise<void> {
    while (new Set(received).size < count) await once(running!.stdout!, 'data');
  }

  async function send(titles: readonly string[]): Promise<void> {
    const drafts = titles.map((title) => ({ ...DRAFT, title }));
    const { status } = await server.post('/api/notifications/send', drafts, await server.signIn());
    expect(status).toBe(201);
  }

  test('has 20 to 32 lines', () => {
    const count = source.split('\n').filter((line) => line !== '').length;
    expect(count).toBeGreaterThanOrEqual(20);
    expect(count).toBeLessThanOrEqual(32);
  });

  test('receives everything that is sent, though it is killed twice', async () => {
    const titles = Array.from({ length: 90 }, (_, n) => `${n}`);
    await start();
    await send(titles.slice(0, 30));
    await until(10);
    await kill();
    await send(titles.slice(30, 60));
    await start();
    await until(40);
    await kill();
    await send(titles.slice(60));
    await start();
    await until(90);
    await kill();
    const seen = [...new Set(received)].map((line) => line.split(' ')[1]!);
    expect(seen.sort((a, b) => Number(a) - Number(b))).toEqual(titles);
    // Only what was printed just before a kill may come again.
    expect(received.length).toBeLessThanOrEqual(92);
  });
});

describe("the second program in the client library's README", () => {
  const server = useServer();
  const folder = mkdtempSync(join(tmpdir(), 'herald-program-'));
  let program: ChildProcess | undefined;

  afterAll(() => {
    program?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test('prints each number of unread notifications, and marks noise as read', async () => {
    const token = await server.signIn();
    for (let n = 0; n < 3; n++) await server.send(token);
    writeFileSync(join(folder, 'program.ts'), PROGRAMS[1]!);
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const env = { PATH: process.env['PATH'], HERALD_URL: `http://${server.host}` };
    program = spawn(process.execPath, ['--import', LOADER, 'program.ts'], { cwd: folder, env });
    const lines = createInterface(program.stdout!)[Symbol.asyncIterator]();
    const next = async () => ((await lines.next()) as { value: string }).value;
    expect(await next()).toBe('3 unread');
    await server.send(token, { category: 'news' });
    expect(await next()).toBe('4 unread');
    const { id } = await server.send(token, { category: 'noise' });
    expect(['5 unread', '4 unread']).toContain(await next());
    const isRead = async () => ((await server.get(`/api/notifications/${id}`, token)).body as InboxItem).read;
    while (!(await isRead())) await new Promise(setImmediate);
    await server.request('POST', '/api/notifications/read-all', token);
    let line = '';
    while (line !== '0 unread') line = await next();
  });
});
