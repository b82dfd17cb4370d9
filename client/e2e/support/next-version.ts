import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DIST, PROJECT } from './project.ts';

/** Inside the project, so that the copied server resolves its packages. */
const COPIES = join(PROJECT, 'test-results/version-');

/** A copy of the build whose page can be upgraded while a browser has the previous version open. */
export class NextVersion {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  get dist(): string {
    return join(this.#folder, 'dist');
  }

  static async copy(): Promise<NextVersion> {
    await mkdir(dirname(COPIES), { recursive: true });
    const next = new NextVersion(await mkdtemp(COPIES));
    await cp(DIST, next.dist, { recursive: true });
    await cp(join(PROJECT, 'package.json'), join(next.#folder, 'package.json'));
    return next;
  }

  /** Changes index.html and its hash in ngsw.json, as a build does, and renames the lazy chunks. */
  async deploy(): Promise<void> {
    const page = join(this.dist, 'client');
    const index = (await readFile(join(page, 'index.html'), 'utf8')).replace(
      '</head>',
      '<meta name="version" content="next"></head>',
    );
    await writeFile(join(page, 'index.html'), index);
    const manifest = JSON.parse(await readFile(join(page, 'ngsw.json'), 'utf8')) as {
      assetGroups: { urls: string[] }[];
      hashTable: Record<string, string>;
    };
    manifest.hashTable['/index.html'] = createHash('sha1').update(index).digest('hex');
    for (const name of await readdir(page)) {
      if (/^chunk-|^(index\.html|ngsw\.json)\.(br|gz)$/.test(name) && !index.includes(name)) await rm(join(page, name));
    }
    const isThere = (url: string): boolean => !url.startsWith('/chunk-') || index.includes(url.slice(1));
    for (const group of manifest.assetGroups) group.urls = group.urls.filter(isThere);
    manifest.hashTable = Object.fromEntries(Object.entries(manifest.hashTable).filter(([url]) => isThere(url)));
    await writeFile(join(page, 'ngsw.json'), JSON.stringify(manifest));
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
