import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Environment } from '../../src/config/environment.js';

/** The owner's drawing, and the files that tools require at the top. */
const TOP_LEVEL = new Set([
  ...['server', 'client', 'protocol', 'docs'],
  ...['nest-cli.json', 'angular.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'docker-compose.yml'],
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'],
  ...['eslint.config.js', '.prettierrc.json', '.prettierignore', '.editorconfig', '.git-blame-ignore-revs'],
  ...['.env.example', '.gitignore', '.dockerignore', '.npmrc', '.ci'],
]);

/** Files that git tracks, or would track after `git add`. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));

test("the top level has only entries of the owner's drawing", () => {
  const top = new Set(files.map((file) => file.split('/')[0]!));
  expect([...top].filter((entry) => !TOP_LEVEL.has(entry))).toEqual([]);
});

test('no folder has a name without meaning', () => {
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|managers?|shared|common)\//.test(file))).toEqual([]);
});

test('.env.example explains every variable that the server reads, and no others', () => {
  const explained = Array.from(
    readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z_]+)=/gm),
    ([, name]) => name,
  );
  expect(explained.sort()).toEqual(Object.keys(new Environment()).sort());
});

test('.env.example gives each variable its default', () => {
  const defaults = new Map(Object.entries(new Environment()).map(([name, value]) => [name, String(value)]));
  for (const [, name, value] of readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z_]+)=(.*)$/gm)) {
    expect(`${name!}=${value!}`).toBe(`${name!}=${defaults.get(name!)!}`);
  }
});
