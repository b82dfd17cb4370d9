import type { Notification } from '@herald/protocol';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { CURL, CURL_MISSING } from '../curl.js';
import { useFreshServer } from '../running-server.js';

const readme = readFileSync('README.md', 'utf8');
const blocks = Array.from(readme.matchAll(/^```sh\n([^`]*)^```$/gm), ([, commands]) => commands!);

/** The only block of shell commands in README.md with this text. */
function blockWith(text: string): string {
  const [block, ...others] = blocks.filter((commands) => commands.includes(text));
  expect([text, block, others]).toEqual([text, expect.any(String), []]);
  return block!;
}

/** The command in the row of a table in README.md. */
function cellOf(name: string): string {
  return new RegExp(`^\\| ${name} \\| \`(curl [^\`]+)\``, 'm').exec(readme)![1]!;
}

(CURL === undefined ? describe.skip : describe)(`the commands in README.md${CURL_MISSING}`, () => {
  const server = useFreshServer();

  /** Runs commands in a shell, against the server of the test. */
  function run(...commands: string[]): Promise<{ stdout: string; stderr: string }> {
    const script = commands.join('\n').replaceAll('localhost:8000', server.host);
    return promisify(execFile)('bash', ['-c', script]);
  }

  test('store a token, and on an error show it and store nothing', async () => {
    const signIn = blockWith('TOKEN=');
    const show = 'printf %s "$TOKEN"';
    const { stdout, stderr } = await run(signIn, show);
    expect([(await server.get('/api/auth/me', stdout)).status, stderr]).toEqual([200, '']);
    const wrong = await run(signIn.replace('"password": "password"', '"password": "wrong"'), show);
    expect(wrong).toEqual({ stdout: '', stderr: expect.stringContaining('401') });
  });

  test('send with a token, and with the key of an app as text and like clients of Gotify, ntfy, Slack and Alertmanager', async () => {
    const sends = [blockWith('"title": "Test Notification"'), blockWith('KEY=$('), blockWith('text/plain')];
    await run(blockWith('TOKEN='), ...sends, cellOf('Gotify'), cellOf('ntfy'), cellOf('Slack'), cellOf('Alertmanager'));
    const { body } = await server.get('/api/notifications', await server.signIn());
    const backup = { sender: 'backup', title: 'Backup', message: 'Done' };
    expect((body as { items: Notification[] }).items).toMatchObject([
      { sender: 'backup', title: '[FIRING:1] DiskFull', message: 'Disk full', priority: 'low' },
      { ...backup, audience: ['topic:backups', 'user:admin'], markdown: true },
      { ...backup, audience: ['topic:backups'], tags: ['tada'] },
      { ...backup, priority: 'medium' },
      { sender: 'backup', message: 'Backup done' },
      { sender: 'admin', title: 'Test Notification', priority: 'high' },
    ]);
  });
});
