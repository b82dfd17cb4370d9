import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, spawnMain } from './spawn-main.js';

describe('a server whose .env has unknown variables', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'herald-unknown-'));

  afterAll(() => rmSync(cwd, { recursive: true }));

  test('starts, and warns by name; the environment and Docker Compose may have others', async () => {
    writeFileSync(join(cwd, '.env'), 'SECRET_KY=secret\nLOG_LEVEL=warn\nCOMPOSE_PROJECT_NAME=herald\nTYPO=\n');
    const child = spawnMain({ cwd, variables: { PORT: '0', EDITOR: 'vi' } });
    child.stdout!.on('data', (chunk) => {
      if (String(chunk).includes('TYPO')) child.kill();
    });
    const { output } = await endOf(child);
    expect(output.match(/\.env: .*/g)).toEqual([
      expect.stringMatching(/^\.env: SECRET_KY is not a variable of Herald/),
      expect.stringMatching(/^\.env: TYPO is not a variable of Herald/),
    ]);
  });
});
