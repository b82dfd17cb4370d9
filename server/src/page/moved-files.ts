import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** List of the service worker, with the paths and hashes of all files. */
interface WorkerManifest {
  index: string;
  assetGroups: { urls: string[] }[];
  hashTable: Record<string, string>;
}

const BASE = '<base href="/">';

/**
 * The files of the built page that name its path, as they are at a base path. The build is for `/`, so that one build
 * serves any path.
 * @returns content by name
 */
export async function movedFiles(root: string, basePath: string): Promise<ReadonlyMap<string, string>> {
  const [html, manifest] = (await Promise.all(
    ['index.html', 'ngsw.json'].map((name) => readFile(join(root, name), 'utf8')),
  )) as [string, string];
  if (!html.includes(BASE)) throw new Error(`index.html of the page has no ${BASE}`);
  const index = html.replace(BASE, `<base href="${basePath}/">`);
  const moved = moveManifest(JSON.parse(manifest) as WorkerManifest, basePath, index);
  return new Map([
    ['index.html', index],
    ['ngsw.json', JSON.stringify(moved)],
  ]);
}

/**
 * The worker finds files by their whole paths, and checks the hash of each. Its patterns for routes of the page apply
 * behind the base path, so they stay.
 */
function moveManifest(manifest: WorkerManifest, basePath: string, index: string): WorkerManifest {
  const hashTable = { ...manifest.hashTable, [manifest.index]: createHash('sha1').update(index).digest('hex') };
  return {
    ...manifest,
    index: basePath + manifest.index,
    assetGroups: manifest.assetGroups.map((group) => ({ ...group, urls: group.urls.map((url) => basePath + url) })),
    hashTable: Object.fromEntries(Object.entries(hashTable).map(([url, hash]) => [basePath + url, hash])),
  };
}
