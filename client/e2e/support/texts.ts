import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './project.ts';

/** Texts by id. */
export type Texts = Record<string, string>;

const NG = `${PROJECT}/node_modules/@angular/cli/bin/ng.js`;
const GERMAN = `${PROJECT}/client/src/locale/de.json`;

export function germanTexts(): Texts {
  return read(GERMAN);
}

/**
 * Texts that Angular extracts from the sources, which takes a compilation. @throws with Angular's output on an error or
 * warning
 */
export function textsInSources(): Texts {
  const folder = mkdtempSync(join(tmpdir(), 'herald-texts-'));
  try {
    const options = ['--format', 'json', '--output-path', folder, '--out-file', 'en.json', '--progress', 'false'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [NG, 'extract-i18n', ...options], {
      encoding: 'utf8',
    });
    // Angular only warns about an id with two texts.
    if (status !== 0 || /warning|error/i.test(stdout + stderr)) throw new Error(stdout + stderr);
    return read(join(folder, 'en.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Placeholders of a text, without the format around them. */
export function placeholdersOf(text = ''): string[] {
  return [...new Set(text.match(/\{\$?\w+\}|VAR_\w+/g) ?? [])].sort();
}

/** Patterns that match the text on a page: one for each run between tags and for each plural case. */
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
