import { existsSync, globSync, readFileSync } from 'node:fs';

interface Manifest {
  name: string;
  private: boolean;
  type: string;
  exports: Record<string, string | Record<string, string>>;
  bin?: Record<string, string>;
}

const { workspaces, wireit } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  workspaces: string[];
  wireit: Record<'build:client', { files: string[] }>;
};
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, object> };

describe.each(workspaces)('the workspace %s', (folder) => {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;

  const targets = Object.values(manifest.exports).filter((target) => typeof target !== 'string');
  const built = targets.filter((target) => 'default' in target);

  test('is a private ES module', () => {
    expect(manifest).toMatchObject({ private: true, type: 'module' });
  });

  test('leads tools to the source of each entry', () => {
    const sources = targets.map((target) => target['@herald/source']);
    expect(sources).toEqual(sources.map(() => expect.stringMatching(/^\.\/(\w+\/)?index\.ts$/)));
    expect(sources.filter((source) => !existsSync(`${folder}/${source!}`))).toEqual([]);
  });

  test('can be imported or run', () => {
    expect(built.length + Object.keys(manifest.bin ?? {}).length).toBeGreaterThan(0);
  });

  test('leads Node to what is built of the source', () => {
    for (const target of built) {
      const output = target['@herald/source']!.replace('./', './dist/').replace('.ts', '.js');
      expect(target).toEqual({ '@herald/source': expect.anything(), default: output });
    }
  });

  test('has its programs before anything is built, or npm would not link them', () => {
    for (const program of Object.values(manifest.bin ?? {})) expect(existsSync(`${folder}/${program}`)).toBe(true);
  });

  test('is linked by the lockfile', () => {
    expect(packages[`node_modules/${manifest.name}`]).toEqual({ resolved: folder, link: true });
  });
});

test('the page is built again when a manifest leads its imports elsewhere', () => {
  const imported = workspaces.filter((folder) => folder !== 'client/cli');
  const manifests = ['package.json', ...imported.map((folder) => `${folder}/package.json`)];
  expect(wireit['build:client'].files).toEqual(expect.arrayContaining(manifests));
});

test('the entry of protocol exports each of its files', () => {
  const files = globSync('protocol/*.ts').map((path) => path.slice('protocol/'.length));
  const exported = readFileSync('protocol/index.ts', 'utf8').matchAll(/^export \* from '\.\/(.+)';$/gm);
  expect(Array.from(exported, ([, file]) => file)).toEqual(files.filter((file) => file !== 'index.ts').sort());
});
