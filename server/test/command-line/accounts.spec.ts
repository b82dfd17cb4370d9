import type { Account, App, InboxPage } from '@herald/protocol';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../chaos/server-process.js';
import { useServer } from '../running-server.js';
import { useCommandLine } from './command-line.js';

const KEY = /^A[A-Za-z0-9._-]{14}\n$/;

describe('herald', () => {
  const server = useServer();
  const cli = useCommandLine(() => ({}));
  const login = join('config', 'herald', 'login.json');
  let admin: string;

  beforeAll(async () => {
    admin = await server.signIn();
    const signedIn = await cli.run(['login', `http://${server.host}/`, '-u', 'admin'], { input: 'password\n' });
    expect(signedIn).toEqual({ code: 0, output: '', errors: `herald: Signed in to http://${server.host} as admin\n` });
  });

  const apps = async (): Promise<App[]> => ((await server.get('/api/apps', admin)).body as { items: App[] }).items;

  test('login keeps a token that only its owner may read, and no password', () => {
    const file = join(cli.folder, login);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('password');
  });

  test('login refuses a wrong password and an input without one, and keeps the last sign-in', async () => {
    const wrong = await cli.run(['login', '-u', 'admin'], { input: 'nonsense' });
    expect([wrong.code, wrong.errors]).toEqual([4, 'herald: The username or the password is wrong\n']);
    expect((await cli.run(['login', '-u', 'admin'])).code).toBe(2);
    expect((await cli.run(['login'], { input: 'password' })).code).toBe(2);
    expect((await cli.run(['key', 'list'])).code).toBe(0);
  });

  test('login asks on a terminal, and shows no password', async () => {
    const home = { XDG_CONFIG_HOME: join(cli.folder, 'typed') };
    const terminal = cli.startOnTerminal(`herald login http://${server.host}`, home);
    let shown = '';
    terminal.stdout!.on('data', (chunk) => {
      const before = shown;
      shown += String(chunk);
      for (const [question, answer] of [
        ['Username: ', 'admin\n'],
        ['Password: ', 'password\n'],
      ] as const)
        if (shown.includes(question) && !before.includes(question)) terminal.stdin!.write(answer);
    });
    await once(terminal, 'close');
    expect(shown).toContain(`Signed in to http://${server.host} as admin`);
    expect(shown).toContain('admin');
    expect(shown).not.toContain('password');
  });

  test('send completes a notification of a person with defaults', async () => {
    expect(await cli.run(['send', 'From a person'])).toMatchObject({ code: 0, errors: '' });
    const { items } = (await server.get('/api/notifications?limit=1', admin)).body as InboxPage;
    expect(items[0]).toMatchObject({
      message: 'From a person',
      sender: 'admin',
      priority: 'medium',
      category: 'general',
    });
  });

  test('key makes, lists, rotates and removes apps, by name or id', async () => {
    const created = await cli.run([
      'key',
      'create',
      'builds',
      '--audience',
      'topic:builds',
      '--audience',
      'user:admin',
    ]);
    expect([created.code, created.output, created.errors]).toEqual([0, expect.stringMatching(KEY), '']);
    const reading = await cli.run(['key', 'create', '7', '--read']);
    expect(reading.output).toMatch(KEY);
    const [builds, seven] = await apps();
    expect(builds).toMatchObject({ name: 'builds', scope: 'send', audience: ['topic:builds', 'user:admin'] });
    expect(seven).toMatchObject({ name: '7', scope: 'read', audience: [] });

    const env = { HERALD_KEY: created.output.trim() };
    expect((await cli.run(['send', 'm'], { env })).code).toBe(0);
    const { output } = await cli.run(['key', 'list'], { env });
    const [head, first, second] = output.split('\n');
    expect(head).toMatch(/^ID {2}NAME {4}OWNER {2}SCOPE {2}AUDIENCE +EXPIRES {2}OLD KEY UNTIL {2}LAST USED +FROM$/);
    expect(first).toMatch(
      /^1 {3}builds {2}admin {2}send {3}topic:builds user:admin {2}never {4}- {14}\d{4}-\S+ {2}127\.0\.0\.1$/,
    );
    expect(second).toMatch(/^2 {3}7 .* never {4}- {14}never$/);
    expect(output).not.toContain(env.HERALD_KEY);

    const rotated = await cli.run(['key', 'rotate', 'builds']);
    expect([rotated.output === created.output, rotated.output]).toEqual([false, expect.stringMatching(KEY)]);
    const [{ previousKeyUntil = '' } = {}] = await apps();
    expect((await cli.run(['key', 'list'])).output.split('\n')[1]).toContain(` never    ${previousKeyUntil}  2`);
    for (const app of ['1', '7']) expect((await cli.run(['key', 'remove', app])).code).toBe(0);
    expect(await apps()).toEqual([]);
    expect((await cli.run(['key', 'remove', 'builds'])).code).toBe(3);
    expect((await cli.run(['key', 'create', 'x'])).code).toBe(2);
    expect((await cli.run(['key', 'create', 'x', '--read', '--audience', 'everyone'])).code).toBe(2);
  });

  test('key rotate ends the old key, or replaces the new one, only if the person says so', async () => {
    const rotate = (...options: string[]) => cli.run(['key', 'rotate', 'turned', ...options]);
    const codesOfSends = async (keys: string[]): Promise<(number | null)[]> => {
      const codes: (number | null)[] = [];
      for (const key of keys) codes.push((await cli.run(['send', 'm'], { env: { HERALD_KEY: key } })).code);
      return codes;
    };
    const first = (await cli.run(['key', 'create', 'turned', '--audience', 'everyone'])).output.trim();
    const second = (await rotate()).output.trim();
    const refused = await rotate();
    expect([refused.code, refused.errors]).toEqual([3, expect.stringContaining('If the new one was lost, add')]);
    const third = (await rotate('--replace-new')).output.trim();
    expect(await codesOfSends([first, second, third])).toEqual([0, 4, 0]);
    const fourth = (await rotate('--end-old')).output.trim();
    expect(await codesOfSends([first, third, fourth])).toEqual([4, 0, 0]);
    expect((await rotate('--end-old', '--replace-new')).code).toBe(2);
    expect((await cli.run(['key', 'remove', 'turned'])).code).toBe(0);
  });

  test('key fails if the key could not be written, and says how to replace only that one', async () => {
    const inUse = (await cli.run(['key', 'create', 'lost', '--audience', 'everyone'])).output.trim();
    for (const command of ['rotate lost', 'rotate lost --replace-new']) {
      const { code, errors } = await cli.bash(`herald key ${command} > /dev/full`);
      const next = '`herald key rotate lost --replace-new` prints another one';
      expect([code, errors]).toEqual([1, expect.stringContaining(next)]);
    }
    const next = await cli.run(['key', 'rotate', 'lost', '--replace-new']);
    for (const key of [inUse, next.output.trim()])
      expect((await cli.run(['send', 'm'], { env: { HERALD_KEY: key } })).code).toBe(0);
    const created = await cli.bash('herald key create new --read > /dev/full');
    expect([created.code, created.errors]).toEqual([1, expect.stringContaining('`herald key rotate new` prints')]);
    for (const app of ['lost', 'new']) expect((await cli.run(['key', 'remove', app])).code).toBe(0);
  });

  test('user adds, lists and removes accounts', async () => {
    const added = await cli.run(['user', 'add', 'ada', '--role', 'ops'], { input: 'correct horse' });
    expect(added).toEqual({ code: 0, output: '', errors: 'herald: Added ada\n' });
    expect((await server.get('/api/users', admin)).body as Account[]).toContainEqual(
      expect.objectContaining({ username: 'ada', roles: ['ops'] }),
    );
    const { output } = await cli.run(['user', 'list']);
    expect(output).toMatch(/^NAME {3}ROLES {2}TOPICS {2}LAST SEEN\nada {4}ops {12}never\nadmin {2}admin/);
    expect((await cli.run(['user', 'remove', 'ada'])).code).toBe(0);
    expect((await cli.run(['user', 'remove', 'ada'])).code).toBe(3);
    expect((await cli.run(['user', 'add', 'bob'], { input: 'short' })).code).toBe(3);
  });

  describe('check', () => {
    test('finds nothing wrong with a sign-in, a key that sends and one that reads', async () => {
      const signedIn = await cli.run(['check']);
      expect([signedIn.code, signedIn.errors]).toEqual([0, '']);
      expect(signedIn.output.split('\n').map((line) => line.slice(0, 15))).toEqual([
        ...['ok    server   ', 'ok    clock    ', 'ok    websocket', 'ok    access   ', 'note  address  ', ''],
      ]);
      expect(signedIn.output).toContain('signed in as admin');
      for (const [purpose, ...options] of [
        ['sends', '--audience', 'everyone'],
        ['reads', '--read'],
      ] as const) {
        const { output: key } = await cli.run(['key', 'create', `check-${purpose}`, ...options]);
        const checked = await cli.run(['check'], { env: { HERALD_KEY: key.trim() } });
        expect([checked.code, checked.output]).toEqual([0, expect.stringContaining(`the key is good, and ${purpose}`)]);
        expect(checked.output).not.toContain(key.trim());
      }
    });

    test('names a key that is not valid, and a server that is not there', async () => {
      const bad = await cli.run(['check'], { env: { HERALD_KEY: `A${'x'.repeat(14)}` } });
      expect([bad.code, bad.output]).toEqual([1, expect.stringMatching(/^FAIL {2}access {5}/m)]);
      const away = await cli.run(['check'], { env: { HERALD_URL: `http://127.0.0.1:${await freePort()}` } });
      expect([away.code, away.output]).toEqual([5, expect.stringMatching(/^FAIL {2}server .*ECONNREFUSED/)]);
    });

    test.each([
      ['does not forward Upgrade', { connection: undefined, upgrade: undefined }, 'the header Upgrade does not arrive'],
      ['replaces Host', { host: 'localhost:9' }, 'the header Host does not arrive'],
    ])('finds a proxy that %s', async (_, headers, words) => {
      const proxy = createServer();
      const forward = (
        incoming: IncomingMessage,
        answer: (status: number, body: NodeJS.ReadableStream) => void,
      ): void => {
        const { url, method } = incoming;
        const changed = Object.fromEntries(
          Object.entries({ ...incoming.headers, ...headers }).filter(([, value]) => value !== undefined),
        );
        request({ port: server.port, path: url, method, headers: changed }, (response) =>
          answer(response.statusCode!, response),
        ).end();
      };
      proxy.on('request', (incoming, response) =>
        forward(incoming, (status, body) => body.pipe(response.writeHead(status))),
      );
      proxy.on('upgrade', (incoming, socket) =>
        forward(incoming, (status, body) => {
          socket.write(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`);
          body.pipe(socket);
        }),
      );
      await once(proxy.listen(0, '127.0.0.1'), 'listening');
      const env = { HERALD_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
      const { code, output } = await cli.run(['check'], { env });
      expect([code, output]).toEqual([1, expect.stringMatching(new RegExp(`^FAIL {2}websocket {2}${words}`, 'm'))]);
      proxy.close();
    });
  });

  test('logout revokes the token, and forgets it', async () => {
    const { token } = JSON.parse(readFileSync(join(cli.folder, login), 'utf8')) as { token: string };
    expect((await cli.run(['logout'])).code).toBe(0);
    expect((await server.get('/api/auth/me', token)).status).toBe(401);
    const env = { HERALD_URL: `http://${server.host}` };
    expect((await cli.run(['key', 'list'], { env })).code).toBe(4);
  });
});
