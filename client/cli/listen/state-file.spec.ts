import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type State, StateFile } from './state-file.ts';

const STATE: State = { positions: { epoch: 'e', channels: {} }, copies: [{ id: '1', lane: 'low', channels: ['a'] }] };

describe('StateFile', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'herald-state-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('gives back what was written last, and leaves no other file', async () => {
    const file = StateFile.ofServer('https://herald.example:8443/herald', join(folder, 'herald'));
    expect(file.read()).toBeNull();
    for (const epoch of ['old', 'e']) await file.write({ ...STATE, positions: { epoch, channels: {} } });
    expect(file.read()).toEqual(STATE);
    expect(readdirSync(join(folder, 'herald'))).toEqual(['listen-herald.example_8443_herald.json']);
    expect(statSync(join(folder, 'herald', 'listen-herald.example_8443_herald.json')).mode & 0o777).toBe(0o600);
  });

  test('refuses a file that is not its own, and keeps it', () => {
    writeFileSync(join(folder, 'state'), 'not JSON');
    expect(() => new StateFile(join(folder, 'state')).read()).toThrow("state can't be read");
    expect(readFileSync(join(folder, 'state'), 'utf8')).toBe('not JSON');
  });
});
