import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvFileError, readEnvFile } from './env-file.js';

describe('readEnvFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-env-'));
  const path = join(folder, '.env');

  afterEach(() => rmSync(path, { recursive: true, force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads the first variable after a byte-order mark', () => {
    writeFileSync(path, '\uFEFFADMIN_PASSWORD=first\r\nPORT=9000\r\n');
    expect(readEnvFile(path)).toEqual({ ADMIN_PASSWORD: 'first', PORT: '9000' });
  });

  test('returns no variables when the file does not exist', () => {
    expect(readEnvFile(path)).toEqual({});
  });

  test.each<[string, () => void, string]>([
    ['a folder', () => mkdirSync(path), ': is a folder; it must be a file'],
    ['a link to itself', () => symlinkSync(path, path), ": can't be read (ELOOP)"],
    [
      'a file of UTF-16',
      () => writeFileSync(path, Buffer.from('\uFEFFPORT=9000', 'utf16le')),
      ': is not text in UTF-8; save it as such',
    ],
    [
      'a file of UTF-16 without a mark',
      () => writeFileSync(path, Buffer.from('PORT=9000', 'utf16le')),
      ': is not text in UTF-8; save it as such',
    ],
    [
      'a file of Latin-1',
      () => writeFileSync(path, Buffer.from('ADMIN_PASSWORD=Grüße', 'latin1')),
      ': is not text in UTF-8; save it as such',
    ],
  ])('refuses %s with a message of one line', (_, make, problem) => {
    make();
    expect(() => readEnvFile(path)).toThrow(new EnvFileError(`${path}${problem}`));
  });
});
