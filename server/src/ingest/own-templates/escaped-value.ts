/**
 * Characters that Markdown could read as marks, together with the text of the template beside the value. Parentheses
 * end the address of a link, and colons, dots and the @ make addresses links by themselves.
 */
const MARKS =
  /\\(?=[!-/:-@[-`{-~\s]|$)|[*`~|()[\]@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-z/!?]|$)|&(?=#?\w*(?:;|$))|:(?=\/|$)|(?<=www|^)\.|!$/giu;
/** White space that would make code of a line, or a part of a list. */
const INDENTATION = /^[ \t]+/gm;
/** Marks at the start of a line, and lines that underline a heading, divide, or align a table. */
const LINE_START = /^(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=:](?=[-=: \t]*$))/gm;
const NUMBER_START = /^(\d{1,9})\.(?=\s|$)/gm;

const NO_BREAK_SPACE = '\u00a0';
const TAB_WIDTH = 4;

/**
 * The Markdown of a plain value of a payload that a template has at any place outside of code. It becomes text and line
 * breaks: no link and no structure.
 */
export function escapedValue(plain: string): string {
  return plain
    .replace(MARKS, String.raw`\$&`)
    .replace(INDENTATION, (spaces) => spaces.replaceAll('\t', ' '.repeat(TAB_WIDTH)).replaceAll(' ', NO_BREAK_SPACE))
    .replace(LINE_START, String.raw`\$&`)
    .replace(NUMBER_START, String.raw`$1\.`);
}
