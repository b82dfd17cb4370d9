import { asText, type Fields, isFields, listOf } from '../json-fields.js';
import { escaped } from '../escaped.js';
import { codeSpan, fenced, markdownLink } from './mrkdwn.js';

/** Marks of Markdown around a styled text. Code has no other style, since it shows marks as they are. */
const MARKS = { bold: '**', italic: '_', strike: '~~' } as const;

/** Deep enough for the text of an item with a number of two digits. */
const INDENT = '    ';
const NO_LIST = -1;
/** Slack has no deeper lists. */
const LEVEL_MAX = 8;
/** Numbers of Markdown have at most nine digits. */
const OFFSET_MAX = 1_000_000;

/**
 * The Markdown of a block `rich_text`. Its parts hold no other parts, but for the items of a list: a list within a list
 * is the next part, with a larger `indent`.
 */
export function richText({ elements }: Fields): string {
  let level = NO_LIST;
  const parts = listOf(elements).map((part) => {
    const isFirst = level === NO_LIST;
    // Markdown would read a list that skips a level as code.
    level = part['type'] === 'rich_text_list' ? Math.min(level + 1, wholeOf(part['indent'], LEVEL_MAX)) : NO_LIST;
    if (level !== NO_LIST) return `${isFirst ? '\n\n' : '\n'}${listOfLevel(part, level)}`;
    // Without a blank line, the part would belong to the list or quote before it.
    return `\n\n${partOf(part)}`;
  });
  return parts.join('').trim();
}

function partOf(part: Fields): string {
  const { type, elements } = part;
  const all = listOf(elements);
  switch (type) {
    case 'rich_text_quote':
      return `> ${lineOf(part).replaceAll('\n', '\n> ')}`;
    case 'rich_text_preformatted':
      return fenced(all.map((one) => asText(one['text']) ?? asText(one['url']) ?? '').join(''));
    default:
      return all.length > 0 ? lineOf(part) : elementOf(part);
  }
}

function listOfLevel({ elements, style, offset }: Fields, level: number): string {
  const first = 1 + wholeOf(offset, OFFSET_MAX);
  const margin = INDENT.repeat(level);
  const items = listOf(elements).map((item, index) => {
    const marker = style === 'ordered' ? `${first + index}.` : '-';
    return `${margin}${marker} ${lineOf(item).trim().replaceAll('\n', `\n${margin}${INDENT}`)}`;
  });
  return items.join('\n');
}

/** A whole number from 0 to `max`; 0 for anything else. */
function wholeOf(value: unknown, max: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? Math.min(value, max) : 0;
}

function lineOf({ elements }: Fields): string {
  return listOf(elements).map(elementOf).join('');
}

function elementOf(element: Fields): string {
  const text = (name: string): string => asText(element[name]) ?? '';
  switch (element['type']) {
    case 'text':
      return styled(text('text'), element['style']);
    case 'link':
      return markdownLink(text('url'), text('text'));
    case 'emoji':
      return `:${text('name')}:`;
    case 'user':
      return `@${text('user_id')}`;
    case 'usergroup':
      return `@${text('usergroup_id')}`;
    case 'broadcast':
      return `@${text('range')}`;
    case 'channel':
      return `#${text('channel_id')}`;
    default:
      return escaped(text('fallback'));
  }
}

/** Marks touch the words, not the spaces around them. */
function styled(text: string, style: unknown): string {
  const words = text.trim();
  if (!isFields(style) || words === '') return escaped(text);
  const before = text.slice(0, text.length - text.trimStart().length);
  const after = text.slice(text.trimEnd().length);
  if (style['code'] === true) return `${before}${codeSpan(words)}${after}`;
  const marks = Object.entries(MARKS).flatMap(([name, mark]) => (style[name] === true ? [mark] : []));
  return `${before}${marks.join('')}${escaped(words)}${marks.reverse().join('')}${after}`;
}
