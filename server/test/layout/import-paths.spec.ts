import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.js', '*.cjs'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

/** Specifiers of static and dynamic imports, exports and import types. */
const SPECIFIER = /\b(?:from|import\(?|require\()\s*['"`]([^'"`]+)['"`]/g;

const imports = files.flatMap((file) =>
  Array.from(readFileSync(file, 'utf8').matchAll(SPECIFIER), ([, specifier]) => ({ file, specifier: specifier! })),
);

test('no import path climbs more than two folders', () => {
  expect(imports.length).toBeGreaterThan(1000);
  expect(imports.filter(({ specifier }) => specifier.includes('../../../'))).toEqual([]);
});

test('a room of the page is imported by its path from #app', () => {
  const APP = /^client\/src\/app\/((?:pages\/)?[\w-]+)\//;
  const acrossRooms = imports.filter(({ file, specifier }) => {
    const room = APP.exec(file)?.[1];
    const target = specifier.startsWith('.') ? APP.exec(join(dirname(file), specifier))?.[1] : undefined;
    return room !== undefined && target !== undefined && room !== target;
  });
  expect(acrossRooms).toEqual([]);
  expect(imports.filter(({ specifier }) => specifier.startsWith('#app/')).length).toBeGreaterThan(100);
});

test('a workspace is imported by its name', () => {
  const folderOf = (path: string): string | undefined => /^(protocol|client\/(?:sdk|cli))\//.exec(path)?.[1];
  const intoWorkspaces = imports.filter(({ file, specifier }) => {
    const folder = specifier.startsWith('.') ? folderOf(join(dirname(file), specifier)) : undefined;
    return folder !== undefined && folder !== folderOf(file);
  });
  expect(intoWorkspaces).toEqual([]);
});

test('files of a workspace import each other by the names of their sources', () => {
  const inside = imports.filter(
    ({ file, specifier }) => /^(protocol|client\/(sdk|cli))\//.test(file) && specifier.startsWith('.'),
  );
  expect(inside.length).toBeGreaterThan(50);
  expect(inside.filter(({ specifier }) => !specifier.endsWith('.ts'))).toEqual([]);
});
