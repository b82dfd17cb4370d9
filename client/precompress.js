/**
 * Run after `ng build`: puts a .br and a .gz beside each file of the page that is text and worth it, so that whoever
 * serves it has nothing to compress. The service worker's hashes are of the files as they were.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const PAGE = new URL('../dist/client/', import.meta.url);
const TEXT = /\.(css|html|js|json|svg|webmanifest)$/;
/** Below, it takes as many packets as it would anyway. */
const MIN_BYTES = 1024;

for (const name of readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((file) => TEXT.test(file))) {
  const content = readFileSync(new URL(name, PAGE));
  if (content.length < MIN_BYTES) continue;
  // Both at their strongest, which is brotli's default.
  writeFileSync(new URL(`${name}.br`, PAGE), brotliCompressSync(content));
  writeFileSync(new URL(`${name}.gz`, PAGE), gzipSync(content, { level: 9 }));
}
