import type { App, AppWithKey, InboxPage, Notification } from '@herald/protocol';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../chaos/server-process.js';
import { useServer } from '../running-server.js';
import { endOf, useCommandLine } from './command-line.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/;

describe('herald send', () => {
  const server = useServer();
  let admin: string;
  let key: string;
  const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}`, HERALD_KEY: key }));

  beforeAll(async () => {
    admin = await server.signIn();
    const app = {
      name: 'backup',
      audience: ['everyone', 'topic:backups'],
      defaultPriority: 'low',
      category: 'nightly',
    };
    ({ key } = (await server.post('/api/apps', app, admin)).body as AppWithKey);
  });

  async function newest(): Promise<Notification> {
    const { body } = await server.get('/api/notifications?limit=1', admin);
    return (body as InboxPage).items[0]!;
  }

  async function titles(): Promise<string[]> {
    const found: string[] = [];
    let before = '';
    for (;;) {
      const { body } = await server.get(`/api/notifications?limit=100${before}`, admin);
      const { items, nextCursor } = body as InboxPage;
      found.push(...items.map(({ title }) => title));
      if (nextCursor === null) return found;
      before = `&before=${nextCursor}`;
    }
  }

  test('sends its arguments with the defaults of the app, and prints the id', async () => {
    const { code, output, errors } = await cli.run(['send', 'Backup', 'done: 12 GB ✔']);
    expect([code, output, errors]).toEqual([0, expect.stringMatching(UUID), '']);
    const { id, title, message, priority, category, sender } = await newest();
    expect(`${id}\n`).toBe(output);
    expect([title, message, priority, category, sender]).toEqual([
      ...['backup', 'Backup done: 12 GB ✔', 'low', 'nightly', 'backup'],
    ]);
  });

  test('sends each option as its field', async () => {
    const options = ['-t', 'Übung', '-p', '5', '-T', 'disk,warning', '-c', 'ops', '--url', 'https://herald.example/a'];
    const more = ['--markdown', '--to', 'everyone', '--to', 'topic:backups', '--replace', 'disk'];
    expect(await cli.run(['send', ...options, ...more, '**full**'])).toMatchObject({ code: 0, errors: '' });
    expect(await newest()).toMatchObject({
      title: 'Übung',
      message: '**full**',
      priority: 'high',
      tags: ['disk', 'warning'],
      category: 'ops',
      url: 'https://herald.example/a',
      markdown: true,
      audience: ['everyone', 'topic:backups'],
      key: 'disk',
    });
  });

  test('schedules with --at', async () => {
    expect(await cli.run(['send', '--at', '2h', 'Later'])).toMatchObject({ code: 0 });
    const { body } = await server.get('/api/notifications/scheduled', admin);
    const [{ deliverAt }] = (body as { items: [{ deliverAt: string }] }).items;
    expect(Math.abs(Date.parse(deliverAt) - Date.now() - 7_200_000)).toBeLessThan(60_000);
  });

  test('reads the message from a pipe, without the control characters of a terminal', async () => {
    const { code } = await cli.bash(String.raw`printf 'two\nlines \033[31mred\033[0m\n' | herald send -t Piped`);
    expect([code, (await newest()).message]).toEqual([0, 'two\nlines [31mred[0m']);
  });

  test('cuts a message that is too long, and says so', async () => {
    const { code, errors } = await cli.run(['send'], { input: `${'x'.repeat(3998)}😀y` });
    expect([code, errors]).toEqual([0, 'herald: The message is longer than 4000 characters: its end was cut\n']);
    expect((await newest()).message).toBe(`${'x'.repeat(3998)}…`);
  });

  test('has sent when the reader of its output has left', async () => {
    const { output } = await cli.bash('set -o pipefail; herald send -t Unread m | true; echo $?');
    expect([output, (await newest()).title]).toEqual(['0\n', 'Unread']);
  });

  test('sends once with --key-of, however often it runs', async () => {
    for (let n = 0; n < 2; n++) expect((await cli.run(['send', '--key-of', 'job 7', '-t', 'Once', 'm'])).code).toBe(0);
    expect((await titles()).filter((title) => title === 'Once')).toHaveLength(1);
  });

  test('exits with the reason', async () => {
    const nobody = await cli.run(['send', 'm'], { env: { HERALD_KEY: '' } });
    expect([nobody.code, nobody.errors]).toEqual([4, expect.stringContaining('herald login')]);
    expect((await cli.run(['send', 'm'], { env: { HERALD_KEY: `A${'x'.repeat(14)}` } })).code).toBe(4);
    const refused = await cli.run(['send', '--url', 'ftp://x', '--to', 'user:ada', 'm']);
    expect([refused.code, refused.errors]).toEqual([3, expect.stringMatching(/\n {2}url: url must be/)]);
    expect((await cli.run(['send', '-p', '9', 'm'])).code).toBe(2);
    expect((await cli.run(['send'], { input: ' \n' })).code).toBe(2);
    expect((await cli.run(['send', 'm'], { env: { HERALD_URL: 'herald.example' } })).code).toBe(2);
    const away = { HERALD_URL: `http://127.0.0.1:${await freePort()}` };
    const gone = await cli.run(['send', '--tries', '1', 'm'], { env: away });
    expect([gone.code, gone.errors]).toEqual([5, 'herald: The server did not answer (ECONNREFUSED)\n']);
  });

  test('shows the key nowhere, not even in an error', async () => {
    for (const args of [['send', 'm'], ['send', '--url', 'x', 'm'], ['--help'], ['send', '--nonsense']]) {
      const { output, errors } = await cli.run(args);
      expect(output + errors).not.toContain(key);
    }
  });

  describe('--many', () => {
    test('sends each line, with the options for what a line has not', async () => {
      const lines = Array.from({ length: 250 }, (_, n) => JSON.stringify({ message: `${n}`, title: `many ${n}` }));
      const input = `${lines.join('\n')}\n\n{"message":"last","category":"own"}`;
      expect(await cli.run(['send', '--many', '-c', 'import'], { input })).toEqual({
        ...{ code: 0, output: '', errors: 'herald: 251 sent\n' },
      });
      const sent = await titles();
      expect(lines.every((_, n) => sent.includes(`many ${n}`))).toBe(true);
      expect(await newest()).toMatchObject({ message: 'last', category: 'own' });
    });

    test('goes on where it was cut off, if it runs again with the same --key-of', async () => {
      const file = join(cli.folder, 'lines.jsonl');
      const lines = Array.from({ length: 120 }, (_, n) => JSON.stringify({ message: 'm', title: `again ${n}` }));
      writeFileSync(file, [...lines.slice(0, 110), 'nonsense', ...lines.slice(111)].join('\n'));
      const cut = await cli.bash('herald send --many --key-of file-1 < lines.jsonl');
      expect([cut.code, cut.errors]).toEqual([2, 'herald: 100 sent\nherald: Line 111 is not a JSON object\n']);
      writeFileSync(file, lines.join('\n'));
      expect((await cli.bash('herald send --many --key-of file-1 < lines.jsonl')).code).toBe(0);
      const again = (await titles()).filter((title) => title.startsWith('again '));
      expect([again.length, new Set(again).size]).toEqual([120, 120]);
    });

    test('names the line that the server refuses, and sends nothing of its batch', async () => {
      const input = '\n{"message":"m","title":"refused 1"}\n{"message":"m","title":"refused 2","url":"x"}';
      const { code, errors } = await cli.run(['send', '--many'], { input });
      expect([code, errors]).toEqual([3, expect.stringContaining('\n  line 3: url: ')]);
      expect((await titles()).filter((title) => title.startsWith('refused'))).toEqual([]);
    });

    test('shows a bar on a terminal', async () => {
      writeFileSync(join(cli.folder, 'few.jsonl'), '{"message":"m"}\n'.repeat(150));
      const { output } = await endOf(cli.startOnTerminal('herald send --many < few.jsonl'));
      expect(output).toMatch(/\[#{20}-{10}\] 66 % {2}100 sent.*\[#{30}\] 100 % {2}150 sent/s);
    });
  });

  test('uses the rights of its app alone', async () => {
    const { body } = await server.get('/api/apps', admin);
    expect((body as { items: App[] }).items[0]).toMatchObject({ name: 'backup', lastUsedFrom: '127.0.0.1' });
    expect((await cli.run(['send', '--to', 'topic:others', 'm'])).code).toBe(3);
  });
});

describe('herald send to a busy server', () => {
  const seen: IncomingHttpHeaders[] = [];
  let answers: [status: number, retryAfter?: string, code?: string][] = [];
  const http = createServer((request, response) => {
    seen.push(request.headers);
    const [status, retryAfter, code] = answers.shift()!;
    if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    request.resume().on('end', () => {
      if (status === 0) response.destroy();
      else response.writeHead(status).end(JSON.stringify({ id: '1', code, message: 'Refused' }));
    });
  });
  const address = (): string => `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const cli = useCommandLine(() => ({ HERALD_URL: address(), HERALD_KEY: 'A' }));

  beforeAll(() => once(http.listen(0, '127.0.0.1'), 'listening'));
  beforeEach(() => seen.splice(0));
  afterAll(() => http.close());

  test('waits as long as the server says, and repeats one request', async () => {
    answers = [[429, '0'], [503, '0'], [201]];
    expect(await cli.run(['send', 'm'])).toMatchObject({ code: 0, output: '1\n' });
    const keys = seen.map((headers) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  });

  test('gives up after the tries, or if it would have to wait for more than a minute', async () => {
    answers = [
      [503, '0'],
      [503, '0'],
    ];
    expect((await cli.run(['send', '--tries', '2', 'm'])).code).toBe(6);
    answers = [[429, '61']];
    expect((await cli.run(['send', 'm'])).code).toBe(6);
    expect(answers).toEqual([]);
  });

  test('goes on without a key if the server has no room for more, and then repeats only what was refused', async () => {
    const full = [429, '3600', 'too_many_idempotency_keys'] as (typeof answers)[0];
    answers = [full, [503, '0'], [201]];
    expect((await cli.run(['send', 'm'])).code).toBe(0);
    const keys = seen.map((headers) => headers['idempotency-key']);
    expect(keys).toEqual([expect.any(String), undefined, undefined]);
    answers = [full, [0]];
    expect((await cli.run(['send', 'm'])).code).toBe(5);
    answers = [full];
    expect((await cli.run(['send', '--key-of', 'text', 'm'])).code).toBe(6);
    expect(answers).toEqual([]);
  });
});
