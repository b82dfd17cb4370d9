/**
 * Run after `ng build`: writes into index.html which files the inbox needs beside those that the page begins with, so that
 * the page can preload them while the app is loading. Runs before the service worker's list is made.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../dist/client/', import.meta.url);
/** A name in the inbox's file that outlives minification. */
const INBOX = 'app-inbox-page';
const IMPORTED = /(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g;
const IMPORTED_LATER = /\bimport\(\s*["']\.\/([^"']+\.js)["']/g;

const textOf = (/** @type {string} */ file) => readFileSync(new URL(file, PAGE), 'utf8');
const namesIn = (/** @type {string} */ text, /** @type {RegExp} */ pattern) =>
  [...text.matchAll(pattern)].map(([, file]) => /** @type {string} */ (file));

/** These and what they import before they run. @param {string[]} files */
function withImports(files) {
  const all = new Set(files);
  for (const file of all) for (const imported of namesIn(textOf(file), IMPORTED)) all.add(imported);
  return all;
}

const html = textOf('index.html');
const initial = withImports(namesIn(html, /src="([^"]+\.js)"/g));
const inbox = [...initial]
  .flatMap((file) => namesIn(textOf(file), IMPORTED_LATER))
  .find((file) => textOf(file).includes(`"${INBOX}"`));
if (inbox === undefined) throw new Error(`No file of the page has ${INBOX}`);
const files = [...withImports([inbox])].filter((file) => !initial.has(file));
writeFileSync(
  new URL('index.html', PAGE),
  html.replace('</head>', `<meta name="inbox-files" content="${files.join(' ')}"></head>`),
);
