import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, spawnMain } from './spawn-main.js';

describe('the server does not start, and explains why in one line,', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'herald-start-'));
  const path = join(cwd, '.env');

  afterEach(() => rmSync(path, { recursive: true, force: true }));
  afterAll(() => rmSync(cwd, { recursive: true }));

  const start = async (variables: NodeJS.ProcessEnv): Promise<unknown> => {
    const { code, errors } = await endOf(spawnMain({ cwd, variables: { PORT: '0', ...variables } }));
    return [code, errors];
  };

  test('if .env is a folder', async () => {
    mkdirSync(path);
    expect(await start({})).toEqual([1, '.env: is a folder; it must be a file\n']);
  });

  test('if a variable in .env is invalid, even the first after a byte-order mark', async () => {
    writeFileSync(path, '\uFEFFLOG_LEVEL=loud\n');
    expect(await start({})).toEqual([1, expect.stringMatching(/^LOG_LEVEL: must be one of .*\n$/)]);
  });

  test('if a variable in .env is misspelt and required', async () => {
    writeFileSync(path, 'SECRET_KY=f174317839051dbfd5755099852db8d1\nADMIN_PASSWORD=correct horse\n');
    const [code, errors] = (await start({ NODE_ENV: 'production' })) as [number, string];
    expect(code).toBe(1);
    expect(errors.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^SECRET_KEY: /),
      '.env: SECRET_KY is not a variable of Herald and is ignored',
    ]);
  });

  test.each([
    ['TRUSTED_PROXIES', '0.0.0.0/0', /^TRUSTED_PROXIES: each must be .*\n$/],
    ['HOST', 'fe80::1', /^HOST: fe80::1 is not an address of this machine\n$/],
    ['HOST', 'not a host', /^HOST: not a host is not an address of this machine\n$/],
  ])('if %s is %s', async (name, value, line) => {
    expect(await start({ [name]: value })).toEqual([1, expect.stringMatching(line)]);
  });
});
