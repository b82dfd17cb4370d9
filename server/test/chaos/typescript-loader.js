/** `node --import <this file> main.ts` runs the server's sources in a process of its own, compiled as Jest compiles them. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jestConfig from '../../jest.config.js';

const [, options] = jestConfig.transform['\\.ts$'];
const { customExportConditions: customConditions } = jestConfig.testEnvironmentOptions;
const require = createRequire(import.meta.url);

/** Compiled sources, for the hundreds of processes that the tests start, and what V8 made of them. */
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/herald-sources/', import.meta.url));
mkdirSync(COMPILED, { recursive: true });
enableCompileCache(join(COMPILED, 'v8'));

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
