import { Pipe, type PipeTransform } from '@angular/core';
import type { Notification } from '@herald/protocol';

/** Marks of a whole line: headings, quotes, list items and table rows; fences and rules consist of a mark only. */
const LINE_MARKS: [RegExp, string][] = [
  [/^ {0,3}(?:```|~~~).*$/gm, ''],
  [/^ {0,3}(?:[-*_] *){3,}$/gm, ''],
  [/^ {0,3}(?:> ?)+/gm, ''],
  [/^ {0,3}#{1,6} +/gm, ''],
  [/^ *[-*+] +(?:\[[ xX]\] +)?/gm, ''],
  [/^ {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *$/gm, ''],
  [/^ {0,3}\|(.*)\| *$/gm, '$1'],
];
/** Links, images and code. Neither a bracket in brackets nor a backtick after another begins one, so time is linear. */
const LINKS_AND_CODE: [RegExp, string][] = [
  [/!?\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, '$1'],
  [/(?<!`)`+([^`]+)`+/g, '$1'],
];

/** A mark around words. The patterns match the places where it may begin and end emphasis. */
interface Emphasis {
  mark: string;
  begins: RegExp;
  ends: RegExp;
}

/** Stronger emphasis before weaker. */
const EMPHASIS: Emphasis[] = [
  { mark: '**', begins: /(?=\*\*\S)/g, ends: /(?<=\S)(?=\*\*)/g },
  { mark: '__', begins: /(?=__\S)/g, ends: /(?<=\S)(?=__)/g },
  { mark: '~~', begins: /(?=~~\S)/g, ends: /(?<=\S)(?=~~)/g },
  { mark: '*', begins: /(?<![\w*])(?=\*[^\s*])/g, ends: /(?<=[^\s*])(?=\*(?![\w*]))/g },
  { mark: '_', begins: /(?<![\w_])(?=_[^\s_])/g, ends: /(?<=[^\s_])(?=_(?![\w_]))/g },
];
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/**
 * Text of a message where it can't be formatted: in a row, in a toast, aloud. Removes the usual marks of Markdown
 * (GitHub's flavour) in linear time. A parser would have to be loaded for every row; unknown marks stay as written.
 */
export function plainText({ message, markdown }: Pick<Notification, 'message' | 'markdown'>): string {
  if (markdown !== true) return message;
  const text = [...LINE_MARKS, ...LINKS_AND_CODE].reduce((rest, [mark, kept]) => rest.replace(mark, kept), message);
  return text.split('\n').map(withoutEmphasis).join('\n').replace(ESCAPED, '$1').trim();
}

function withoutEmphasis(line: string): string {
  return EMPHASIS.reduce(withoutPairs, line);
}

/** Removes each mark that begins emphasis, with the next one that ends it. A regular expression takes quadratic time. */
function withoutPairs(line: string, { mark, begins, ends }: Emphasis): string {
  if (!line.includes(mark)) return line;
  const closing = Array.from(line.matchAll(ends), ({ index }) => index);
  let text = '';
  let done = 0;
  let next = 0;
  for (const { index } of line.matchAll(begins)) {
    if (index < done) continue;
    const start = index + mark.length;
    // There is at least one character between them.
    while ((closing[next] ?? Infinity) <= start) next += 1;
    const end = closing[next];
    if (end === undefined) break;
    text += line.slice(done, index) + line.slice(start, end);
    done = end + mark.length;
  }
  return text + line.slice(done);
}

@Pipe({ name: 'plainText' })
export class PlainText implements PipeTransform {
  transform(notification: Pick<Notification, 'message' | 'markdown'>): string {
    return plainText(notification);
  }
}
