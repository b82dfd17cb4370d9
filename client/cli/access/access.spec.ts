import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access } from './access.ts';

const HOUR_SECONDS = 3600;

describe('Access', () => {
  let folder: string;
  let server: string;
  let expiresIn: number;
  const requests: string[] = [];
  const http = createServer(({ url, headers }, response) => {
    requests.push(`${url} ${headers.authorization}`);
    const answer = { access_token: `token ${requests.length}`, token_type: 'bearer', expires_in: expiresIn };
    response.end(url === '/api/auth/logout' ? '' : JSON.stringify(answer));
  });

  beforeAll(async () => {
    await once(http.listen(0, '127.0.0.1'), 'listening');
    server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    requests.length = 0;
    expiresIn = 12 * HOUR_SECONDS;
    folder = mkdtempSync(join(tmpdir(), 'herald-access-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(() => http.close());

  const open = (env: Record<string, string> = {}): Access => new Access({ XDG_CONFIG_HOME: folder, ...env });
  const file = (): string => join(folder, 'herald', 'login.json');

  test('is to the server on this machine without variables and a sign-in, and has no credential', async () => {
    expect(open().server).toBe('http://localhost:8000');
    await expect(open().token()).rejects.toMatchObject({ exitCode: 4 });
  });

  test('keeps a sign-in for later commands, readable by its owner alone', async () => {
    await open({ HERALD_URL: `${server}/` }).signIn('ada', 'correct horse');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'herald')).mode & 0o777).toBe(0o700);
    const later = open();
    expect([later.server, await later.token()]).toEqual([server, 'token 1']);
  });

  test('prefers a key, which asks the server for nothing', async () => {
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    const access = open({ HERALD_KEY: 'a key' });
    expect([access.server, await access.token()]).toEqual([server, 'a key']);
  });

  test('needs no file with an address and a key', async () => {
    mkdirSync(file(), { recursive: true });
    expect(await open({ HERALD_URL: server, HERALD_KEY: 'a key' }).token()).toBe('a key');
    expect(() => open({ HERALD_URL: server })).toThrow("login.json can't be read");
  });

  test('signs in and out though the file of the last sign-in is broken', async () => {
    const signing = (): Access => Access.toSignIn({ XDG_CONFIG_HOME: folder, HERALD_URL: server });
    mkdirSync(join(folder, 'herald'));
    writeFileSync(file(), '{');
    await signing().signIn('ada', 'correct horse');
    expect(await open().token()).toBe('token 1');
    writeFileSync(file(), '{');
    await signing().signOut();
    expect(existsSync(file())).toBe(false);
  });

  test('leaves a key alone where only a person may act', async () => {
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    const env = { XDG_CONFIG_HOME: folder, HERALD_KEY: 'a key' };
    expect(await Access.withSignIn(env).token()).toBe('token 1');
  });

  test('gives the token of one server to no other', async () => {
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    await expect(open({ HERALD_URL: 'http://other.example' }).token()).rejects.toMatchObject({ exitCode: 4 });
  });

  test('renews a token in the second half of its life', async () => {
    expiresIn = 5 * HOUR_SECONDS;
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    expiresIn = 12 * HOUR_SECONDS;
    expect(await open().token()).toBe('token 2');
    expect(await open().token()).toBe('token 2');
    expect(requests.slice(1)).toEqual(['/api/auth/refresh Bearer token 1']);
  });

  test.each(['bob', null])('does not replace the sign-in of %p when it renews its own', async (username) => {
    expiresIn = 5 * HOUR_SECONDS;
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    const running = open();
    expiresIn = 12 * HOUR_SECONDS;
    await (username === null ? open().signOut() : open().signIn(username, 'correct horse'));
    const before = username === null ? null : readFileSync(file(), 'utf8');
    expect(await running.token()).toBe('token 3');
    expect(existsSync(file()) ? readFileSync(file(), 'utf8') : null).toBe(before);
  });

  test('has no token once it has expired', async () => {
    expiresIn = 0;
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    await expect(open().token()).rejects.toMatchObject({ message: 'Your sign-in has expired: run `herald login`' });
  });

  test('forgets a sign-in, and revokes its token', async () => {
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    await open().signOut();
    expect(requests.at(-1)).toBe('/api/auth/logout Bearer token 1');
    expect(() => readFileSync(file())).toThrow('ENOENT');
  });

  test('keeps the sign-in to another server when it signs out', async () => {
    await open({ HERALD_URL: server }).signIn('ada', 'correct horse');
    const elsewhere = open({ HERALD_URL: 'http://other.example' });
    await expect(elsewhere.signOut()).rejects.toMatchObject({ exitCode: 2 });
    expect(await open().token()).toBe('token 1');
  });

  test.each(['ftp://x', 'herald.example', 'https://ada:secret@herald.example'])('refuses the address %j', (url) => {
    expect(() => open({ HERALD_URL: url })).toThrow("The server's address must");
  });

  test('keeps the path of an address', () => {
    expect(open({ HERALD_URL: 'https://herald.example/herald/' }).server).toBe('https://herald.example/herald');
  });
});
