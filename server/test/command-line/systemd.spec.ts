import type { AppWithKey, InboxPage } from '@herald/protocol';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useServer } from '../running-server.js';
import { useCommandLine } from './command-line.js';

const UNIT = 'client/cli/systemd/herald-notify@.service';
const VERIFY = ['systemd-analyze', ['verify', UNIT], { encoding: 'utf8' }] as const;
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('herald-notify@.service', () => {
  const server = useServer();
  const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}` }));

  (hasSystemd ? test : test.skip)('is a unit that systemd accepts (needs systemd-analyze)', () => {
    const { status, stderr } = spawnSync(...VERIFY);
    expect([status, stderr]).toEqual([0, '']);
  });

  test('sends the last lines of the journal of the unit that has failed', async () => {
    const admin = await server.signIn();
    const app = { name: 'systemd', audience: ['everyone'] };
    const { key } = (await server.post('/api/apps', app, admin)).body as AppWithKey;
    const journal = '#!/bin/sh\necho "$@" > asked\nseq 1000 2000\necho "The disk is full"\n';
    writeFileSync(join(cli.folder, 'bin', 'journalctl'), journal, { mode: 0o755 });
    const [, command] = /^ExecStart=(.*)$/m.exec(readFileSync(UNIT, 'utf8'))!;
    const script = command!.replaceAll('$$', '$').replaceAll('%i', 'backup.service');
    expect(await cli.bash(script, { env: { HERALD_KEY: key } })).toMatchObject({ code: 0, errors: '' });
    const { items } = (await server.get('/api/notifications?limit=1', admin)).body as InboxPage;
    expect(items[0]).toMatchObject({ title: 'backup.service has failed', priority: 'high', sender: 'systemd' });
    expect(items[0]!.message).toMatch(/\n2000\nThe disk is full$/);
    expect(readFileSync(join(cli.folder, 'asked'), 'utf8')).toContain('--unit=backup.service --lines=15');
  });
});
