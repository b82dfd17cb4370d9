import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

/** The text of each id. */
type Texts = Record<string, string>;

const NG = fileURLToPath(new URL('../../node_modules/@angular/cli/bin/ng.js', import.meta.url));
const GERMAN = new URL('../src/locale/de.json', import.meta.url);

function read(file: string | URL): Texts {
  return (JSON.parse(readFileSync(file, 'utf8')) as { translations: Texts }).translations;
}

/** As Angular finds them in the sources, which takes a compilation. @throws with what it says when it fails or complains */
function textsInSources(): Texts {
  const folder = mkdtempSync(join(tmpdir(), 'herald-texts-'));
  try {
    const options = ['--format', 'json', '--output-path', folder, '--out-file', 'en.json', '--progress', 'false'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [NG, 'extract-i18n', ...options], { encoding: 'utf8' });
    // One id with two texts is a warning of its.
    if (status !== 0 || /warning|error/i.test(stdout + stderr)) throw new Error(stdout + stderr);
    return read(join(folder, 'en.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is put into a text, whatever stands around it. */
function placeholdersOf(text = ''): string[] {
  return [...new Set(text.match(/\{\$?\w+\}|VAR_\w+/g) ?? [])].sort();
}

test('every text of the page has its German, with the same placeholders, and no German is left over', () => {
  test.setTimeout(180_000);
  const texts = textsInSources();
  const german = read(GERMAN);
  const ids = Object.keys(texts).sort();
  expect(ids.length).toBeGreaterThan(300);
  expect(Object.keys(german)).toEqual(ids);
  const placeholders = (all: Texts): string[][] => ids.map((id) => [id, ...placeholdersOf(all[id])]);
  expect(placeholders(german)).toEqual(placeholders(texts));
});

test('German has its own quotes, and a space before an ellipsis that stands for words', () => {
  const wrong = Object.entries(read(GERMAN)).filter(([, text]) => /["']|”|\.\.\.|„[^“]*$|[a-zäöü]…/.test(text));
  expect(wrong).toEqual([]);
});
