#!/usr/bin/env node
// npm links this file as `herald` when it installs, which is before anything is built.
import { existsSync } from 'node:fs';

const main = new URL('dist/main.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** @param {string} reason */
function refuse(reason) {
  process.stderr.write(`herald: ${reason}\n`);
  process.exitCode = 1;
}

if (major < 22 || (major === 22 && minor < 12)) refuse(`it needs Node 22.12 or newer, not ${process.version}`);
else if (!existsSync(main)) refuse('it is not built yet: run `npm run build` first');
else await import(main.href);
