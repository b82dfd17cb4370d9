import { readFileSync } from 'node:fs';

/** The version in package.json, which lies above both the source and the build. */
export const VERSION = readVersion();

function readVersion(): string {
  for (const path of ['../../../package.json', '../../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<
        string,
        string
      >;
      if (name === 'herald' && version !== undefined) return version;
    } catch {
      // Not at this depth.
    }
  }
  throw new Error('package.json was not found above the server');
}
