import { Pipe, type PipeTransform } from '@angular/core';
import type { Notification } from '@herald/protocol';

/** Marks at the start of a line: headings, quotes and list items; fences and rules consist of a mark only. */
const LINE_MARKS: [RegExp, string][] = [
  [/^ {0,3}(?:```|~~~).*$/gm, ''],
  [/^ {0,3}(?:[-*_] *){3,}$/gm, ''],
  [/^ {0,3}(?:> ?)+/gm, ''],
  [/^ {0,3}#{1,6} +/gm, ''],
  [/^ *[-*+] +(?:\[[ xX]\] +)?/gm, ''],
];
/** Marks around words: links and images, then code, then stronger emphasis before weaker. */
const WORD_MARKS: [RegExp, string][] = [
  [/!?\[([^\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, '$1'],
  [/`+([^`]+)`+/g, '$1'],
  [/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2'],
  [/~~(?=\S)(.+?)(?<=\S)~~/g, '$1'],
  [/(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])/g, '$1'],
  [/(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])/g, '$1'],
  [/\\([!-/:-@[-`{-~])/g, '$1'],
];

/**
 * Text of a message where it can't be formatted: in a row, in a toast, aloud. Removes the usual marks of Markdown
 * (GitHub's flavour). A parser would have to be loaded for every row; unknown marks stay as written.
 */
export function plainText({ message, markdown }: Pick<Notification, 'message' | 'markdown'>): string {
  if (markdown !== true) return message;
  return [...LINE_MARKS, ...WORD_MARKS].reduce((text, [mark, rest]) => text.replace(mark, rest), message).trim();
}

@Pipe({ name: 'plainText' })
export class PlainText implements PipeTransform {
  transform(notification: Pick<Notification, 'message' | 'markdown'>): string {
    return plainText(notification);
  }
}
