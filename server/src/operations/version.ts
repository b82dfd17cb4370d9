import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version in the nearest package.json above this file; it is the same file for the source and the build. */
export const VERSION = readVersion();

function readVersion(): string {
  const path = findPackageJSON('..', import.meta.url);
  if (path === undefined) throw new Error('package.json was not found above the server');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return version;
}
