import { asText, type Fields, isFields } from '../json-fields.js';
import { escaped, markdownLink } from './mrkdwn.js';

/** Marks of Markdown around a styled text. Code has no other style, since it shows marks as they are. */
const MARKS = { bold: '**', italic: '_', strike: '~~' } as const;

/** The Markdown of a block `rich_text`, or of a part of it. */
export function richText(part: Fields): string {
  const { type, elements } = part;
  const parts = Array.isArray(elements) ? elements.filter(isFields) : [];
  if (type === 'rich_text') return parts.map(richText).join('\n');
  if (type === 'rich_text_list') return parts.map((item) => `- ${richText(item)}`).join('\n');
  if (type === 'rich_text_quote') return `> ${parts.map(richText).join('').replaceAll('\n', '\n> ')}`;
  if (type === 'rich_text_preformatted') {
    const code = parts.map((one) => asText(one['text']) ?? asText(one['url']) ?? '').join('');
    return `\`\`\`\n${code}\n\`\`\``;
  }
  return parts.length > 0 ? parts.map(richText).join('') : elementOf(part);
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
  const [, before = '', words = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
  if (!isFields(style) || words === '') return escaped(text);
  if (style['code'] === true) return `${before}\`${words}\`${after}`;
  const marks = Object.entries(MARKS).flatMap(([name, mark]) => (style[name] === true ? [mark] : []));
  return `${before}${marks.join('')}${escaped(words)}${marks.reverse().join('')}${after}`;
}
