import { asText, type Fields, isFields, listOf } from '../json-fields.js';
import { escaped, markdownLink } from './mrkdwn.js';

/** Marks of Markdown around a styled text. Code has no other style, since it shows marks as they are. */
const MARKS = { bold: '**', italic: '_', strike: '~~' } as const;

/**
 * The Markdown of a block `rich_text`. Its parts hold no other parts, but for the items of a list: Slack nests lists by
 * their `indent`.
 */
export function richText({ elements }: Fields): string {
  return listOf(elements).map(partOf).join('\n');
}

function partOf(part: Fields): string {
  const { type, elements } = part;
  const all = listOf(elements);
  switch (type) {
    case 'rich_text_list':
      return all.map((item) => `- ${lineOf(item)}`).join('\n');
    case 'rich_text_quote':
      return `> ${lineOf(part).replaceAll('\n', '\n> ')}`;
    case 'rich_text_preformatted':
      return fenced(all.map((one) => asText(one['text']) ?? asText(one['url']) ?? '').join(''));
    default:
      return all.length > 0 ? lineOf(part) : elementOf(part);
  }
}

function fenced(code: string): string {
  return `\`\`\`\n${code}\n\`\`\``;
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
  if (style['code'] === true) return `${before}\`${words}\`${after}`;
  const marks = Object.entries(MARKS).flatMap(([name, mark]) => (style[name] === true ? [mark] : []));
  return `${before}${marks.join('')}${escaped(words)}${marks.reverse().join('')}${after}`;
}
