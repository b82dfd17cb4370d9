/**
 * Tells the lint where a relative import leads: `./x.js` (Node's spelling) and `./x` (the bundler's) are both `./x.ts`.
 * By name alone, so that a forbidden import is refused whether or not its target exists yet.
 * An import resolver of version 2, as eslint-module-utils loads them.
 */
const path = require('node:path');

exports.interfaceVersion = 2;

exports.resolve = (source, importer) => {
  if (!source.startsWith('.')) return { found: false };
  const target = path.resolve(path.dirname(importer), source.replace(/\.[jt]s$/, ''));
  return { found: true, path: `${target}.ts` };
};
