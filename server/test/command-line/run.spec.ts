import type { AppWithKey, InboxPage, Notification } from '@herald/protocol';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../chaos/server-process.js';
import { useServer } from '../running-server.js';
import { endOf, useCommandLine } from './command-line.js';

describe('herald run', () => {
  const server = useServer();
  let admin: string;
  let key: string;
  const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}`, HERALD_KEY: key }));

  beforeAll(async () => {
    admin = await server.signIn();
    const app = { name: 'jobs', audience: ['everyone'], defaultPriority: 'medium' };
    ({ key } = (await server.post('/api/apps', app, admin)).body as AppWithKey);
  });

  async function inbox(): Promise<Notification[]> {
    return ((await server.get('/api/notifications?limit=100', admin)).body as InboxPage).items;
  }

  test('passes input, output and a success on, and tells of it with low priority', async () => {
    const ended = await cli.run(['run', '--', 'sh', '-c', 'cat; echo warning >&2'], { input: 'one\ntwo\n' });
    expect(ended).toEqual({ code: 0, output: 'one\ntwo\n', errors: 'warning\n' });
    const [{ title, message, priority, data }] = (await inbox()) as [Notification];
    expect([title, priority]).toEqual(['sh succeeded', 'low']);
    expect(message).toMatch(/^Ended with 0 after [\d.]+ s on .+\.\n\n/);
    expect(message.split('\n').slice(2).sort()).toEqual(['one', 'two', 'warning']);
    expect(data).toEqual({ code: 0, seconds: expect.any(Number), host: hostname() });
  });

  test('leaves an input that pauses to the command', async () => {
    const child = cli.start(['run', '--', 'sh', '-c', 'echo ready; exec cat']);
    const ended = once(child, 'close');
    const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
    expect(await lines.next()).toMatchObject({ value: 'ready' });
    for (const line of ['one', 'two', 'three']) {
      child.stdin!.write(`${line}\n`);
      expect(await lines.next()).toMatchObject({ value: line });
    }
    child.stdin!.end();
    expect(await ended).toEqual([0, null]);
  });

  test('passes a failure on, and tells of it with high priority', async () => {
    const args = ['run', '-t', 'Nightly', '-T', 'moon', '--', 'sh', '-c', 'seq 1 100; exit 7'];
    expect(await cli.run(args)).toMatchObject({ code: 7, errors: '' });
    const [{ title, message, priority, tags }] = (await inbox()) as [Notification];
    expect([title, priority, tags]).toEqual(['Nightly failed', 'high', ['moon']]);
    expect(message.split('\n').slice(2)).toEqual(Array.from({ length: 20 }, (_, n) => String(81 + n)));
  });

  test('has the exit code of a shell for a signal and for a command that can not be started', async () => {
    expect((await cli.run(['run', 'sh', '-c', 'kill -9 $$'])).code).toBe(137);
    const missing = await cli.run(['run', '--', 'herald-has-no-such-command', '--flag']);
    expect([missing.code, missing.errors]).toEqual([127, expect.stringContaining("can't be started")]);
    const [gone, killed] = await inbox();
    expect([killed!.message, gone!.message]).toEqual([
      expect.stringContaining('Ended by SIGKILL'),
      expect.stringContaining('Not started (ENOENT)'),
    ]);
    writeFileSync(join(cli.folder, 'plain.txt'), '');
    chmodSync(join(cli.folder, 'plain.txt'), 0o644);
    expect((await cli.run(['run', './plain.txt'])).code).toBe(126);
  });

  test.each(['TERM', 'USR2'])('leaves SIG%s to the command', async (signal) => {
    const script = `trap "exit 9" ${signal}; echo ready; while :; do read -r line || exit 1; done`;
    const child = cli.start(['run', '--', 'sh', '-c', script]);
    await once(child.stdout!, 'data');
    child.kill(`SIG${signal}` as NodeJS.Signals);
    // The shell runs its trap once `read` has a line.
    child.stdin!.write('\n');
    const [code] = await once(child, 'close');
    expect([code, (await inbox())[0]!.message]).toEqual([9, expect.stringContaining('Ended with 9')]);
  });

  test('tells only of failures with --only-failure', async () => {
    const before = (await inbox()).length;
    expect((await cli.run(['run', '--only-failure', 'true'])).code).toBe(0);
    expect(await inbox()).toHaveLength(before);
    expect((await cli.run(['run', '--only-failure', 'false'])).code).toBe(1);
    expect(await inbox()).toHaveLength(before + 1);
  });

  test('leaves a terminal to the command with --no-output', async () => {
    const { code } = await endOf(cli.startOnTerminal('herald run --no-output -- test -t 1'));
    expect([code, (await inbox())[0]!.message]).toEqual([0, expect.stringMatching(/^Ended with 0.*\.$/)]);
  });

  test('keeps the exit code where the notification could not be sent, and says so', async () => {
    const env = { HERALD_URL: `http://127.0.0.1:${await freePort()}` };
    const away = await cli.run(['run', '--tries', '1', '--', 'sh', '-c', 'exit 3'], { env });
    expect([away.code, away.errors]).toEqual([3, expect.stringContaining('was not sent: The server did not answer')]);
    const nobody = await cli.run(['run', 'true'], { env: { HERALD_KEY: '' } });
    expect([nobody.code, nobody.errors]).toEqual([0, expect.stringContaining('was not sent: Set HERALD_KEY')]);
    expect((await cli.run(['run', 'true'], { env: { HERALD_URL: 'nonsense' } })).code).toBe(0);
  });

  test('sends no key that the command prints', async () => {
    const { output } = await cli.run(['run', 'env']);
    expect(output).toContain(key);
    const [{ message }] = (await inbox()) as [Notification];
    expect(message).toContain('HERALD_KEY=[redacted]');
  });

  test('passes on that the reader of its output has left', async () => {
    const { output } = await cli.bash('set -o pipefail; herald run yes | head -1; echo "code $?"');
    expect(output).toMatch(/^y\ncode (141|1)\n$/);
  });

  test('does not wait for what the command leaves behind', async () => {
    const child = cli.start(['run', '--', 'sh', '-c', 'sleep 60 & echo $!']);
    const { code, output } = await endOf(child);
    process.kill(Number(output));
    expect(code).toBe(0);
  });
});
