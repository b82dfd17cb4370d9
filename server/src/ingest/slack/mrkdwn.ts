import { escaped, escapedLabel } from '../escaped.js';

/** Code, which is left as it is, and what stands in angle brackets: links, mentions and dates. */
const CODE_OR_TOKEN = /\n?```([^]*?)```\n?|`([^`\n]+)`|<([^<>\n]+)>/g;
/** Stands for code and tokens while the rest is formatted. NUL is in no text: it is removed before. */
const PLACE = /\0(\d+)\0/g;
/** Formatted text begins and ends with a visible character, and its marks touch no word. */
const BOLD = between('*');
const STRUCK = between('~');
const ITALIC = between('_');
const MARKDOWN_LINK = /\[([^[\]\n]*)\]\([^()\s]*\)/g;
const DOUBLE_BOLD = /\*\*([^*\n]+)\*\*/g;
/** A quoted line and a line that is not quoted: Markdown would join them. `>>>` quotes all that follows. */
const QUOTE_END = /^((?:>|&gt;)(?!(?:>|&gt;){2}).*\n)(?=(?!>|&gt;).)/gm;
const ENTITY = /&(lt|gt|amp);/g;
const CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/**
 * The Markdown of a text in Slack's mrkdwn. Markdown that programs send to Mattermost stays as it is, and so does code,
 * but for the entities `&lt;`, `&gt;` and `&amp;`.
 */
export function asMarkdown(mrkdwn: string): string {
  const kept: string[] = [];
  const keep = (text: string): string => `\0${kept.push(text) - 1}\0`;
  const text = mrkdwn
    .replaceAll('\0', '')
    .replace(CODE_OR_TOKEN, (all: string, ...[block, , token]: (string | undefined)[]) => {
      if (block?.includes('\n') === true) return keep(`\n${fenced(decoded(block).replace(/^\n|\n$/g, ''))}\n`);
      return keep(token === undefined ? decoded(all) : tokenAsMarkdown(token));
    });
  return text
    .replace(QUOTE_END, '$1\n')
    .replace(BOLD, '**$1**')
    .replace(STRUCK, '~~$1~~')
    .replace(/&(lt|gt|amp);([#\w]*;?)/g, (_, name: string, rest: string) => `${literalOf(name, rest)}${rest}`)
    .replace(PLACE, (_, index: string) => kept[Number(index)] ?? '')
    .trim();
}

/** The words of a text in mrkdwn or Markdown, without formatting and addresses. */
export function asPlain(mrkdwn: string): string {
  const text = mrkdwn
    .replace(CODE_OR_TOKEN, (_, block?: string, span?: string, token?: string) => block ?? span ?? labelOf(token ?? ''))
    .replace(MARKDOWN_LINK, '$1')
    .replace(DOUBLE_BOLD, '$1');
  return decoded([BOLD, ITALIC, STRUCK].reduce((words, pattern) => words.replace(pattern, '$1'), text));
}

/** A link to an address, with a plain text as its label. */
export function markdownLink(url: string, label: string): string {
  const address = url
    .replace(/[\s<>]/g, encodeURIComponent)
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return label === '' ? `<${address}>` : `[${escapedLabel(label)}](${address})`;
}

/** A block of code on lines of its own, which Markdown requires. */
export function fenced(code: string): string {
  const fence = longerThanIn(code, '```');
  return `${fence}\n${code}\n${fence}`;
}

/** Code within a line. */
export function codeSpan(code: string): string {
  if (!code.includes('`')) return `\`${code}\``;
  const fence = longerThanIn(code, '`');
  return `${fence} ${code} ${fence}`;
}

/** At least `fence`, and more backticks than are in a row in the code: these would end it. */
function longerThanIn(code: string, fence: string): string {
  const rows = code.match(/`+/g) ?? [];
  return rows.reduce((longest, row) => (row.length < longest.length ? longest : `${row}\``), fence);
}

/** Text between two of a mark, on one line. */
function between(mark: string): RegExp {
  const one = mark === '*' ? String.raw`\*` : mark;
  const edge = String.raw`[\p{L}\p{N}\\${one}]`;
  return new RegExp(String.raw`(?<!${edge})${one}(?![\s${one}])([^${one}\n]*[^\s${one}])${one}(?!${edge})`, 'gu');
}

/** A link, or the words of a mention or date. */
function tokenAsMarkdown(token: string): string {
  if (!/^(?:https?|mailto|tel):/i.test(token)) return escaped(labelOf(token));
  const bar = token.indexOf('|');
  return bar === -1
    ? markdownLink(decoded(token), '')
    : markdownLink(decoded(token.slice(0, bar)), decoded(token.slice(bar + 1)));
}

/** The visible words of a token such as `<https://a.example|Label>`, `<@U1|ann>`, `<!here>` or `<#C1|ops>`. */
function labelOf(token: string): string {
  const bar = token.indexOf('|');
  const [address, label] = bar === -1 ? [token, ''] : [token.slice(0, bar), token.slice(bar + 1)];
  const [, kind = '', name = ''] = /^([@#!]?)([^]*)$/.exec(address) ?? [];
  if (kind === '') return label === '' ? (/^[a-z]+:/i.test(name) ? name : `<${name}>`) : label;
  const sign = kind === '#' ? '#' : '@';
  if (label === '') return `${sign}${name}`;
  return name.startsWith('date^') || label.startsWith(sign) ? label : `${sign}${label}`;
}

function decoded(text: string): string {
  return text.replace(ENTITY, (_, name: string) => CHARACTERS[name] ?? '');
}

/** The character of an entity, so that Markdown reads neither HTML nor another entity in it. */
function literalOf(name: string, rest: string): string {
  const isRead = name === 'lt' || (name === 'amp' && rest.endsWith(';'));
  return `${isRead ? '\\' : ''}${CHARACTERS[name] ?? ''}`;
}
