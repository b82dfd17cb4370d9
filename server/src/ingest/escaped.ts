/** Characters of a plain text that are marks of Markdown where they stand. */
const MARKS = /\\(?=[!-/:-@[-`{-~])|[*`~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-z/!?])|&(?=#?\w+;)/giu;
/** Marks at the start of a line. The indentation crosses no line: a search from each of many blank lines would take quadratic time. */
const LINE_START = /^([ \t]*)(#{1,6}\s|>|[-+]\s)/gm;
const NUMBER_START = /^([ \t]*\d{1,9})([.)]\s)/gm;

/** The Markdown of a plain text. Only what Markdown would read as a mark is escaped. */
export function escaped(plain: string): string {
  return plain
    .replace(MARKS, String.raw`\$&`)
    .replaceAll('](', String.raw`]\(`)
    .replace(LINE_START, String.raw`$1\$2`)
    .replace(NUMBER_START, String.raw`$1\$2`);
}

/** The Markdown of a plain text that may stand beside brackets, which would make a link of it. */
export function escapedLabel(plain: string): string {
  return escaped(plain).replace(/[[\]]/g, String.raw`\$&`);
}
