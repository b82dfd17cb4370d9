/**
 * Tells the lint where an import leads: `./x.ts` (Node's spelling of a source), `./x.js` (of its output) and `./x`
 * (the bundler's) are all `./x.ts`, `#app/x` is `client/src/app/x.ts`, `#test/x.js` is `server/test/x.ts`, and the name
 * of a workspace leads to its source.
 * By name alone, so that a forbidden import is refused whether or not its target exists yet.
 * An import resolver of version 2, as eslint-module-utils loads them.
 */
const path = require('node:path');
const root = path.dirname(__dirname);
const { workspaces } = require('../package.json');

const CONDITION = '@herald/source';

/** Source files by the names under which workspaces export them. */
const exported = new Map(
  workspaces.flatMap((folder) => {
    const { name, exports } = require(`../${folder}/package.json`);
    const sources = Object.entries(exports).filter(([, target]) => CONDITION in Object(target));
    return sources.map(([key, target]) => [path.posix.join(name, key), path.join(root, folder, target[CONDITION])]);
  }),
);

const sourceOf = (file) => `${file.replace(/\.[jt]s$/, '')}.ts`;

exports.interfaceVersion = 2;

exports.resolve = (source, importer) => {
  if (exported.has(source)) return { found: true, path: exported.get(source) };
  if (source.startsWith('#app/'))
    return { found: true, path: sourceOf(path.join(root, 'client/src', source.slice(1))) };
  if (source.startsWith('#test/')) return { found: true, path: sourceOf(path.join(root, 'server', source.slice(1))) };
  if (!source.startsWith('.')) return { found: false };
  return { found: true, path: sourceOf(path.resolve(path.dirname(importer), source)) };
};
