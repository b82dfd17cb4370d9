import { existsSync, readFileSync } from 'node:fs';
import { Environment } from '../../src/config/environment.js';

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
