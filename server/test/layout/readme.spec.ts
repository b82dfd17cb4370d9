import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Environment } from '../../src/config/environment.js';
import { RunningServer } from '../running-server.js';

const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('README.md', () => {
  const rows = Array.from(
    readme.matchAll(/^\| `([A-Z][A-Z_]+)` \| (.*?) ?\| (.+) \|$/gm),
    ([, name, value, meaning]) => ({
      name: name!,
      value: value!,
      meaning: meaning!,
    }),
  );

  test('has a row for every variable that the server reads, and no others', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(new Environment()).sort());
  });

  test('gives each variable its default', () => {
    const defaults = Object.entries(new Environment()).map(([name, value]) => [
      name,
      value === '' ? '' : `\`${String(value)}\``,
    ]);
    const told = rows.filter(({ name }) => name !== 'SECRET_KEY').map(({ name, value }) => [name, value]);
    expect(told.sort()).toEqual(defaults.filter(([name]) => name !== 'SECRET_KEY').sort());
  });

  describe('the command that stores the token', () => {
    const [, line] = /```sh\n(TOKEN=[^`]*)```/.exec(readme)!;

    /** Runs the command in a shell. @returns the stored token, and the visible output */
    async function run(server: RunningServer, password: string): Promise<{ token: string; seen: string }> {
      const script = `${line!.replace('localhost:8000', server.host).replace('"password": "password"', `"password": "${password}"`)}\nprintf %s "$TOKEN"`;
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script]);
      return { token: stdout, seen: stderr };
    }

    test('stores a token, and on an error shows it and stores nothing', async () => {
      const server = await RunningServer.start();
      const { token, seen } = await run(server, 'password');
      expect([(await server.get('/api/auth/me', token)).status, seen]).toEqual([200, '']);
      expect(await run(server, 'wrong')).toEqual({ token: '', seen: expect.stringContaining('401') });
      await server.close();
    });
  });

  test('names the required version of Compose', () => {
    expect(readme).toContain('Compose v2');
  });

  test('links only to existing files', () => {
    const links = Array.from(readme.matchAll(/(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)[^)]*\)/g), ([, path]) => path!);
    expect(links).toContain('protocol/README.md');
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('names only scripts in package.json', () => {
    const named = Array.from(readme.matchAll(/npm run ([\w:]+)/g), ([, name]) => name!);
    expect(named).toContain('dev');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('names only existing folders', () => {
    const rooms = Array.from(readme.matchAll(/^\| ((?:`[\w/-]+`(?:, )?)+) \|/gm), ([, cell]) =>
      Array.from(cell!.matchAll(/`([\w/-]+)`/g), ([, path]) => path!),
    );
    const folders = rooms
      .filter(([first]) => first!.includes('/'))
      .flatMap(([first, ...rest]) => [first!, ...rest.map((name) => `${first!.replace(/\/[\w-]+$/, '')}/${name}`)]);
    expect(folders).toContain('server/src/preferences');
    expect(folders.filter((path) => !existsSync(path))).toEqual([]);
  });
});
