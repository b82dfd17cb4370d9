import type { AppWithKey, InboxPage } from '@herald/protocol';
import { readFileSync } from 'node:fs';
import { useServer } from '../running-server.js';
import { useCommandLine } from './command-line.js';

const [, section = ''] = /\n## From the command line\n([^]*?)\n## /.exec(readFileSync('README.md', 'utf8'))!;
const commands = Array.from(section.matchAll(/```sh\n([^]*?)```/g), ([, block]) => block!);

const server = useServer();
const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}` }));

test('the commands of the README work as they are written', async () => {
  const admin = await server.signIn();
  const app = { name: 'backup', audience: ['everyone'] };
  const { key } = (await server.post('/api/apps', app, admin)).body as AppWithKey;
  for (const block of commands) {
    const script = `set -eo pipefail\n${block}`;
    expect(await cli.bash(script, { env: { KEY: key } })).toMatchObject({ code: 0, errors: '' });
  }
  const { items } = (await server.get('/api/notifications?limit=10', admin)).body as InboxPage;
  expect(items.map(({ title, priority, tags }) => [title, priority, tags])).toEqual([
    ['Listing succeeded', 'low', undefined],
    ['Disk', 'medium', ['floppy_disk']],
    ['Backup', 'low', undefined],
  ]);
});
