/** `node --import <this file> main.ts` runs the server's sources in a process of its own, compiled as Jest compiles them. */
import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import jestConfig from '../../jest.config.js';

const [, options] = jestConfig.transform['\\.ts$'];
const { customExportConditions: customConditions } = jestConfig.testEnvironmentOptions;

registerHooks({
  resolve(specifier, context, nextResolve) {
    // Sources import `./x.js`, as the built server will; here that file is `./x.ts`.
    const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    const conditions = [...context.conditions, ...customConditions];
    return nextResolve(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions });
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
