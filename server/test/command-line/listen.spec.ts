import type { AppWithKey, Notification } from '@herald/protocol';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../chaos/server-process.js';
import { RunningServer, useServer } from '../running-server.js';
import { useCommandLine } from './command-line.js';
import { Listening } from './listening.js';

describe('herald listen', () => {
  const server = useServer();
  let admin: string;
  let key: string;
  let apps = 0;
  const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}`, HERALD_KEY: key }));

  beforeAll(async () => {
    admin = await server.signIn();
    ({ key } = await newKey());
    await server.request('PUT', '/api/auth/me/topics/builds', admin);
  });

  async function newKey(): Promise<AppWithKey> {
    return (await server.post('/api/apps', { name: `reader-${++apps}`, scope: 'read' }, admin)).body as AppWithKey;
  }

  /** Sends notifications with these titles. */
  async function send(...titles: string[]): Promise<Notification[]> {
    return Promise.all(titles.map((title) => server.send(admin, { title })));
  }

  test('prints a line with the facts, and the message below', async () => {
    const listening = await Listening.start(cli);
    await server.send(admin, { title: 'Deploy', message: 'Two\nlines', priority: 'low' });
    const [head, ...message] = await listening.count(3);
    expect(head).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}low {5}Deploy {2}\(admin\)$/);
    expect(message).toEqual(['    Two', '    lines']);
    expect(await listening.end()).toBe(0);
  });

  test('prints JSON lines of what the filter lets through, each once though two channels bring it', async () => {
    const listening = await Listening.start(cli, ['--json', '--min', 'high', '--topic', 'builds']);
    const audience = ['everyone', 'topic:builds'];
    await server.send(admin, { title: 'low', priority: 'low', audience });
    await server.send(admin, { title: 'elsewhere' });
    const { id } = await server.send(admin, { title: 'both', audience });
    await server.send(admin, { title: 'topic', audience: ['topic:builds'] });
    const lines = (await listening.count(2)).map((line) => JSON.parse(line) as Notification);
    expect(lines.map(({ title }) => title)).toEqual(['both', 'topic']);
    expect(lines[0]).toMatchObject({ id, priority: 'high', audience, sender: 'admin' });
    expect(await listening.end()).toBe(0);
    expect(listening.lines).toHaveLength(2);
  });

  test('says that a topic is not followed', async () => {
    const listening = await Listening.start(cli, ['--topic', 'others']);
    await listening.hasSaid('Nothing will come of the topic others until its reader follows it');
    await listening.end();
  });

  test('ends when nobody reads any more', async () => {
    const ended = cli.bash('set -o pipefail; herald listen --json 2>herald.err | head -1');
    const isListening = (): boolean =>
      existsSync(join(cli.folder, 'herald.err')) &&
      readFileSync(join(cli.folder, 'herald.err'), 'utf8').includes('Listening');
    while (!isListening()) await new Promise(setImmediate);
    for (;;) {
      await send('for head');
      const done = await Promise.race([ended, new Promise((resolve) => setImmediate(resolve, undefined))]);
      if (done !== undefined) break;
    }
    expect(await ended).toMatchObject({ code: 0, output: expect.stringContaining('"title":"for head"') });
  });

  test('gives a command each notification in variables and as JSON, and no key', async () => {
    const command = 'echo "$HERALD_TITLE|$HERALD_PRIORITY|$HERALD_LINK|$HERALD_TAGS|$HERALD_AUDIENCE|$HERALD_KEY"; cat';
    const listening = await Listening.start(cli, ['--exec', command, '--state', 'facts.json']);
    const title = '$(touch injected) `touch injected` "; touch injected; "';
    const { id } = await server.send(admin, { title, url: 'https://a.example/', tags: ['a', 'b'] });
    const [variables, json] = await listening.count(2);
    expect(variables).toBe(`${title}|high|https://a.example/|a,b|everyone|`);
    expect(JSON.parse(json!)).toMatchObject({ id, title });
    await listening.end();
    expect(readdirSync(cli.folder)).not.toContain('injected');
  });

  test('runs a command again until it succeeds, and keeps the order', async () => {
    const command = 'echo "$HERALD_TITLE"; [ -e gate ] || { touch gate; exit 5; }';
    const listening = await Listening.start(cli, ['--exec', command, '--state', 'again.json']);
    await server.send(admin, { title: 'first' });
    await listening.hasSaid('The command ended with 5 for');
    await server.send(admin, { title: 'second' });
    expect(await listening.count(3)).toEqual(['first', 'first', 'second']);
    await listening.end();
  });

  test('goes on after a restart where it was, without a notification that was done', async () => {
    const args = ['--exec', 'echo "$HERALD_TITLE"'];
    const first = await Listening.start(cli, args);
    await server.send(admin, { title: 'before' });
    await first.count(1);
    expect(await first.end()).toBe(0);
    expect(readdirSync(join(cli.folder, 'herald'))).toEqual([expect.stringMatching(/^listen-127\.0\.0\.1_\d+\.json$/)]);
    await server.send(admin, { title: 'between' });
    const second = await Listening.start(cli, args);
    await server.send(admin, { title: 'after' });
    expect(await second.count(2)).toEqual(['between', 'after']);
    await second.end();
  });

  test('lets a command end before it ends itself, and remembers that it is done', async () => {
    const args = [
      '--state',
      'slow.json',
      '--exec',
      'echo "begin $HERALD_TITLE"; read -r line < pipe; echo "end $line"',
    ];
    await cli.bash('mkfifo pipe');
    const first = await Listening.start(cli, args);
    await send('slow');
    await first.count(1);
    const ended = first.end();
    writeFileSync(join(cli.folder, 'pipe'), 'released\n');
    expect(await ended).toBe(0);
    expect(first.lines).toEqual(['begin slow', 'end released']);
    const second = await Listening.start(cli, args);
    await send('next');
    expect(await second.count(1)).toEqual(['begin next']);
    writeFileSync(join(cli.folder, 'pipe'), 'released\n');
    await second.end();
  });

  test('handles a backlog that is larger than what waits in memory', async () => {
    const first = await Listening.start(cli, ['--json', '--state', 'many.json']);
    await first.end();
    const titles = Array.from({ length: 2500 }, (_, n) => `n${n}`);
    for (let n = 0; n < 3; n++) {
      const drafts = titles.slice(n * 1000, (n + 1) * 1000);
      const bodies = drafts.map((title) => ({ title, message: 'm', priority: 'low', category: 'c' }));
      expect((await server.post('/api/notifications/send', bodies, admin)).status).toBe(201);
    }
    const second = await Listening.start(cli, ['--json', '--state', 'many.json']);
    const lines = await second.count(2500);
    expect(lines.map((line) => (JSON.parse(line) as Notification).title)).toEqual(titles);
    await second.end();
  });

  test('goes through what the inbox has of a forgotten log, and goes on inside after a kill', async () => {
    const PORT = String(await freePort());
    const command = 'echo "$HERALD_TITLE"; [ "$HERALD_TITLE" != two ] || [ -e two-succeeds ]';
    const args = ['--state', 'lives.json', '--exec', command];
    const restart = async (): Promise<[RunningServer, string]> => {
      const next = await RunningServer.start({ PORT });
      const token = await next.signIn();
      const app = { name: 'reader', scope: 'read' };
      return [next, ((await next.post('/api/apps', app, token)).body as AppWithKey).key];
    };
    const [first, firstKey] = await restart();
    const env = { HERALD_URL: `http://${first.host}`, HERALD_KEY: firstKey };
    const before = await Listening.start(cli, args, env);
    await first.send(await first.signIn(), { title: 'before' });
    await before.count(1);
    await before.end();
    await first.close();
    const [second, secondKey] = await restart();
    const token = await second.signIn();
    for (const title of ['one', 'two']) await second.send(token, { title });
    const after = await Listening.start(cli, args, { ...env, HERALD_KEY: secondKey });
    expect(await after.count(2)).toEqual(['one', 'two']);
    expect(after.errors).toContain('The log of the server has a gap');
    await after.end('SIGKILL');
    writeFileSync(join(cli.folder, 'two-succeeds'), '');
    const inGap = await Listening.start(cli, args, { ...env, HERALD_KEY: secondKey });
    await second.send(token, { title: 'three' });
    expect(await inGap.count(2)).toEqual(['two', 'three']);
    await inGap.end();
    await second.close();
  });

  test('refuses a file that another listen uses', async () => {
    const listening = await Listening.start(cli, ['--state', 'one.json']);
    const { code, errors } = await cli.run(['listen', '--state', './one.json']);
    expect([code, errors]).toEqual([2, expect.stringContaining('Another `herald listen` uses')]);
    await listening.end('SIGKILL');
    const next = await Listening.start(cli, ['--state', 'one.json']);
    await next.end();
  });

  test('refuses the file of another reader', async () => {
    const args = ['--exec', 'echo "$HERALD_TITLE"'];
    const before = await Listening.start(cli, args);
    await before.end();
    const [file] = readdirSync(join(cli.folder, 'herald'));
    const state = readFileSync(join(cli.folder, 'herald', file!), 'utf8');
    await server.createUser('ada');
    const app = { name: 'ada-reader', scope: 'read' };
    const ofAda = (await server.post('/api/apps', app, await server.signIn('ada'))).body as AppWithKey;
    const { code, errors } = await cli.run(['listen', ...args], { env: { HERALD_KEY: ofAda.key } });
    expect([code, errors]).toEqual([
      2,
      expect.stringContaining('is of admin, not of ada: name another file with --state'),
    ]);
    expect(readFileSync(join(cli.folder, 'herald', file!), 'utf8')).toBe(state);
  });

  test('ends when its key is revoked or was never valid', async () => {
    const other = await newKey();
    const listening = await Listening.start(cli, [], { HERALD_KEY: other.key });
    await server.request('DELETE', `/api/apps/${other.id}`, admin);
    expect(await listening.closed()).toBe(4);
    expect(listening.errors).toContain('The key or the sign-in is no longer valid');
    expect((await cli.run(['listen'], { env: { HERALD_KEY: other.key } })).code).toBe(4);
    const app = { name: 'sender', audience: ['everyone'] };
    const sender = (await server.post('/api/apps', app, admin)).body as AppWithKey;
    const refused = await cli.run(['listen'], { env: { HERALD_KEY: sender.key } });
    expect([refused.code, refused.errors]).toEqual([3, 'herald: This key can only send notifications\n']);
    expect((await cli.run(['listen'], { env: { HERALD_KEY: '' } })).code).toBe(4);
  });

  test('shows its key in no line', async () => {
    const listening = await Listening.start(cli, [
      '--state',
      'key.json',
      '--exec',
      'env; tr "\\0" " " < /proc/$PPID/cmdline; echo',
    ]);
    await send('m');
    await listening.count(5);
    await listening.end();
    expect(listening.lines.join('\n')).toContain('HERALD_TITLE=m');
    expect(listening.lines.join('\n') + listening.errors).not.toContain(key);
  });
});
