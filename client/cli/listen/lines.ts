import type { Notification, Priority } from '@herald/protocol';
import { stripVTControlCharacters, styleText } from 'node:util';
import { plainText } from '../plain-text.ts';

const COLOURS: Readonly<Record<Priority, 'red' | 'yellow' | 'dim'>> = { high: 'red', medium: 'yellow', low: 'dim' };
const INDENT = '    ';

/** A notification for people: a line with its time, priority, title and sender, and then its message. */
export function prettyLines({ createdAt, priority, title, sender, message, url }: Notification): string {
  const head = [
    styleText('dim', localTime(new Date(createdAt))),
    styleText(COLOURS[priority], priority.padEnd(6)),
    styleText('bold', shown(title)),
    styleText('dim', `(${shown(sender)})`),
  ];
  const rest = [...shown(message).split('\n'), ...(url === undefined ? [] : [shown(url)])];
  return [head.join('  '), ...rest.map((line) => INDENT + line)].join('\n');
}

/** Text of others must not control the terminal. */
function shown(text: string): string {
  return plainText(stripVTControlCharacters(text));
}

/** `2026-11-30 14:15:02` */
function localTime(instant: Date): string {
  const part = (value: number): string => String(value).padStart(2, '0');
  const date = [instant.getFullYear(), part(instant.getMonth() + 1), part(instant.getDate())].join('-');
  return `${date} ${[instant.getHours(), instant.getMinutes(), instant.getSeconds()].map(part).join(':')}`;
}
