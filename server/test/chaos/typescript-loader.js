/** `node --import <this file> main.ts` runs the server's sources in a process of its own, compiled as Jest compiles them. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jestConfig from '../../jest.config.js';

const [, options] = jestConfig.transform['\\.ts$'];
const { customExportConditions: customConditions } = jestConfig.testEnvironmentOptions;
const require = createRequire(import.meta.url);

/** Compiled sources, for the hundreds of processes that the tests start. */
const COMPILED = join(tmpdir(), 'herald-compiled-sources');
mkdirSync(COMPILED, { recursive: true });

// Node's own cache of what V8 made of it. A process that is killed has no end at which Node would write it.
enableCompileCache();
setTimeout(flushCompileCache, 2000).unref();

registerHooks({
  resolve(specifier, context, nextResolve) {
    // Sources import `./x.js`, as the built server will; here that file is `./x.ts`.
    const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    const conditions = [...context.conditions, ...customConditions];
    return nextResolve(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions });
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});

/** @param {string} filename */
function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const hash = createHash('sha1').update(JSON.stringify(options)).update(filename).update(source);
  const kept = join(COMPILED, hash.digest('hex'));
  if (statSync(kept, { throwIfNoEntry: false }) !== undefined) return readFileSync(kept, 'utf8');
  const { code } = require('@swc/core').transformSync(source, { ...options, filename });
  const own = `${kept}.${process.pid}`;
  writeFileSync(own, code);
  renameSync(own, kept);
  return code;
}
