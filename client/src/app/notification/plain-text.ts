import { Pipe, type PipeTransform } from '@angular/core';
import type { Notification } from '../../../../protocol/notification';

/** What marks a line as more than text: a heading, a quotation, an item of a list; a fence or a rule is nothing but a mark. */
const LINE_MARKS: [RegExp, string][] = [
  [/^ {0,3}(?:```|~~~).*$/gm, ''],
  [/^ {0,3}(?:[-*_] *){3,}$/gm, ''],
  [/^ {0,3}(?:> ?)+/gm, ''],
  [/^ {0,3}#{1,6} +/gm, ''],
  [/^ *[-*+] +(?:\[[ xX]\] +)?/gm, ''],
];
/** What marks words: links and images, then code, then the stronger emphasis ahead of the weaker. */
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
 * A message as one reads it where it can't be formatted: in a row, in a toast, aloud. Of Markdown (GitHub's flavour) the usual
 * marks are left out. It is no parser, which would be loaded for every row: what it does not know stays as it was written.
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
