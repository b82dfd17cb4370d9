import { globSync, readFileSync } from 'node:fs';

interface Manifest {
  name: string;
  private: boolean;
  type: string;
  exports: Record<'.', Record<string, string>>;
}

const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8')) as { workspaces: string[] };
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, object> };

describe.each(workspaces)('the workspace %s', (folder) => {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;

  test('is a private ES module that leads tools to its source and Node to its build', () => {
    expect(manifest).toMatchObject({ private: true, type: 'module' });
    expect(manifest.exports['.']).toEqual({ '@herald/source': './index.ts', default: './dist/index.js' });
  });

  test('is linked by the lockfile', () => {
    expect(packages[`node_modules/${manifest.name}`]).toEqual({ resolved: folder, link: true });
  });
});

test('the entry of protocol exports each of its files', () => {
  const files = globSync('protocol/*.ts').map((path) => path.slice('protocol/'.length));
  const exported = readFileSync('protocol/index.ts', 'utf8').matchAll(/^export \* from '\.\/(.+)';$/gm);
  expect(Array.from(exported, ([, file]) => file)).toEqual(files.filter((file) => file !== 'index.ts').sort());
});
