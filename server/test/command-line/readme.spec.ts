import type { InboxPage } from '@herald/protocol';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRAFT, useServer } from '../running-server.js';
import { useCommandLine } from './command-line.js';

const [, section = ''] = /\n## From the command line\n([^]*?)\n## /.exec(readFileSync('README.md', 'utf8'))!;
const [sending = '', listening = '', ...others] = Array.from(
  section.matchAll(/```sh\n([^]*?)```/g),
  ([, block]) => block!,
);

describe('the commands of the README', () => {
  const server = useServer();
  const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}` }));

  test('sign in, make a key and send', async () => {
    const { code, errors } = await cli.bash(`set -eo pipefail\n${sending}`, { input: 'password\n' });
    expect([code, errors]).toEqual([0, `herald: Signed in to http://${server.host} as admin\n`]);
    const { items } = (await server.get('/api/notifications?limit=10', await server.signIn())).body as InboxPage;
    expect(items.map(({ title, priority, tags, sender }) => [title, priority, tags, sender])).toEqual([
      ['Listing succeeded', 'low', undefined, 'cron'],
      ['Disk', 'medium', ['floppy_disk'], 'cron'],
      ['Backup', 'low', undefined, 'cron'],
    ]);
  });

  test('make a key that reads, and run a command for what comes', async () => {
    const urgent = join(cli.folder, 'urgent.txt');
    const script = cli.bash(`set -e\n${listening.replace('npx herald listen', 'exec timeout 60 herald listen')}`);
    const admin = await server.signIn();
    const state = join(cli.folder, 'herald', `listen-127.0.0.1_${server.port}.json`);
    while (!existsSync(state)) await new Promise(setImmediate);
    await server.send(admin, DRAFT);
    const written = (): string => (existsSync(urgent) ? readFileSync(urgent, 'utf8') : '');
    while (!written().endsWith('\n')) await new Promise(setImmediate);
    expect(written()).toBe(`${DRAFT.title}\n`);
    await server.request('DELETE', '/api/apps/2', admin);
    expect(await script).toMatchObject({ code: 4, errors: expect.stringContaining('no longer valid') });
  });

  test('are all tested', () => {
    expect(others).toEqual([]);
  });
});
