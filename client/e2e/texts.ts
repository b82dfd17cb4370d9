import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The text of each id. */
export type Texts = Record<string, string>;

const NG = fileURLToPath(new URL('../../node_modules/@angular/cli/bin/ng.js', import.meta.url));
const GERMAN = new URL('../src/locale/de.json', import.meta.url);

export function germanTexts(): Texts {
  return read(GERMAN);
}

/** As Angular finds them in the sources, which takes a compilation. @throws with what it says when it fails or complains */
export function textsInSources(): Texts {
  const folder = mkdtempSync(join(tmpdir(), 'herald-texts-'));
  try {
    const options = ['--format', 'json', '--output-path', folder, '--out-file', 'en.json', '--progress', 'false'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [NG, 'extract-i18n', ...options], {
      encoding: 'utf8',
    });
    // One id with two texts is a warning of its.
    if (status !== 0 || /warning|error/i.test(stdout + stderr)) throw new Error(stdout + stderr);
    return read(join(folder, 'en.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is put into a text, whatever stands around it. */
export function placeholdersOf(text = ''): string[] {
  return [...new Set(text.match(/\{\$?\w+\}|VAR_\w+/g) ?? [])].sort();
}

/** What a text looks like on a page: a pattern for each run between tags and for each case of a plural. */
export function patternsOf(text: string): RegExp[] {
  const cases = /^\{VAR_\w+, plural,/.test(text)
    ? [...text.matchAll(/(?:=\d+|other) \{((?:[^{}]|\{\w+\})*)\}/g)].map(([, one]) => one ?? '')
    : [text];
  return cases
    .flatMap((one) => one.split(/\{\$(?:START|CLOSE)_\w+\}/))
    .map((run) => run.trim())
    .filter((run) => /\p{L}{2}/u.test(run.replace(/\{\$?\w+\}/g, '')))
    .map(
      (run) =>
        new RegExp(
          `^${run
            .split(/\{\$?\w+\}/)
            .map(literally)
            .join('.+')}$`,
          'u',
        ),
    );
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function read(file: string | URL): Texts {
  return (JSON.parse(readFileSync(file, 'utf8')) as { translations: Texts }).translations;
}
