import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const PAGE = new URL('../../dist/client/', import.meta.url);
/** What a first visit may load of JavaScript before it shows anything, compressed. */
const INITIAL_MAX = 200 * 1024;

test('the page begins with no more than 200 KB of compressed JavaScript; the rest is loaded when it is needed', () => {
  const html = readFileSync(new URL('index.html', PAGE), 'utf8');
  const scripts = new Set([...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, file]) => file!));
  const sizes = [...scripts].map((file) => gzipSync(readFileSync(new URL(file, PAGE))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'initial JavaScript', description: `${(total / 1024).toFixed(1)} KB compressed in ${scripts.size} files` });
  expect(scripts.size).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(INITIAL_MAX);
});
