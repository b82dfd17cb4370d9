import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

/** The folder that holds the project's package.json. */
export const PROJECT = dirname(findPackageJSON('..', import.meta.url)!);
/** Output of `npm run build`. */
export const DIST = `${PROJECT}/dist`;
