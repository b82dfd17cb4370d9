import type { ErrorAnswer, LoginAnswer } from '@herald/protocol';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, portOf, spawnMain } from './spawn-main.js';

const folder = mkdtempSync(join(tmpdir(), 'herald-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (file: string) => spawnMain({ variables: { PORT: '0', DATABASE_URL: `sqlite:${file}` } });

describe('the server does not start, and explains why in one line,', () => {
  async function refusalFor(file: string): Promise<string> {
    const { code, errors } = await endOf(start(file));
    expect(code).toBe(1);
    return errors;
  }

  test('if the folder of the store can’t be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const path = join(file, 'data', 'herald.db');
    expect(await refusalFor(path)).toBe(
      `DATABASE_URL: ${path} can’t be opened: ${join(file, 'data')} can’t be made (ENOTDIR)\n`,
    );
  });

  test('if the store can’t be opened', async () => {
    expect(await refusalFor('/proc/herald.db')).toBe('DATABASE_URL: /proc/herald.db can’t be opened\n');
  });

  test('if the file is something else, and leaves it as it is', async () => {
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'Dear Ada, '.repeat(1000));
    expect(await refusalFor(file)).toBe(`DATABASE_URL: ${file} is not a SQLite database\n`);
    expect(statSync(file).size).toBe(10_000);
  });

  test('if another server uses the store', async () => {
    const file = join(folder, 'used.db');
    const first = start(file);
    await portOf(first);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await refusalFor(file)).toBe(`DATABASE_URL: ${file} is in use by another program\n`);
    first.kill('SIGKILL');
  });

  test('if a newer version wrote the store, and leaves it as it is', async () => {
    const file = join(folder, 'newer.db');
    const newer = new DatabaseSync(file);
    newer.exec('CREATE TABLE kysely_migration (name text, timestamp text)');
    newer.exec("INSERT INTO kysely_migration VALUES ('9999-from-the-future', '')");
    newer.close();
    expect(await refusalFor(file)).toMatch(
      /^A newer version of Herald wrote the store \(it has .*9999-from-the-future.*\n$/,
    );
    const after = new DatabaseSync(file, { readOnly: true });
    expect(after.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).toHaveLength(1);
    after.close();
  });
});

const hasPrlimit = spawnSync('prlimit', ['--version']).error === undefined;

(hasPrlimit ? describe : describe.skip)('a server whose disk is full (needs prlimit)', () => {
  test('answers 503 to sends, goes on answering the rest, and heals by itself', async () => {
    const child = start(join(folder, 'full.db'));
    const origin = `http://127.0.0.1:${await portOf(child)}`;
    const post = async (path: string, body: object, token = ''): Promise<{ status: number; body: unknown }> => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    };
    const signedIn = await post('/api/auth/login', { username: 'admin', password: 'password' });
    const token = (signedIn.body as LoginAnswer).access_token;
    const send = (title: string) =>
      post('/api/notifications/send', { title, message: 'm', priority: 'low', category: 'disk' }, token);
    const limitFiles = (bytes: string) => execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}`]);
    const titles = async (): Promise<string[]> => {
      const answer = await fetch(`${origin}/api/notifications`, { headers: { Authorization: `Bearer ${token}` } });
      return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
    };

    expect((await send('Before')).status).toBe(201);
    // No file can grow beyond its first page.
    limitFiles('4096:unlimited');
    const refused = await send('Meanwhile');
    expect([refused.status, (refused.body as ErrorAnswer).code]).toEqual([503, 'store_unavailable']);
    expect(await titles()).toEqual(['Before']);
    expect((await fetch(`${origin}/health/live`)).status).toBe(200);
    // It still serves inboxes, so a load balancer must not take it out.
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);

    limitFiles('unlimited:unlimited');
    expect((await send('After')).status).toBe(201);
    expect(await titles()).toEqual(['After', 'Before']);
    child.kill('SIGKILL');
  });
});
