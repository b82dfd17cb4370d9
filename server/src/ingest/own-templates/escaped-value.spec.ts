import fc from 'fast-check';
import { Marked, type Token } from 'marked';
import { escapedValue } from './escaped-value.js';

/** As the page parses it. */
const marked = new Marked({ breaks: true });
const PLAIN = ['paragraph', 'text', 'escape', 'br', 'space'];

/** Types of all tokens of a Markdown text, also of those within others. */
function typesOf(markdown: string): Set<string> {
  const types = new Set<string>();
  void marked.walkTokens(marked.lexer(markdown), ({ type }: Token) => void types.add(type));
  return types;
}

/** The text that a page shows. */
function shown(markdown: string): string {
  const html = marked.parse(markdown, { async: false }).replaceAll(/<\/p>\n(?=<p>)/g, '\n\n');
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return html.replaceAll(/<\/?(?:p|br)>/g, '').replaceAll(/&#?\w+;/g, (entity) => entities[entity] ?? entity);
}

/** The words and marks of a text, without its white space. */
const inked = (text: string): string => text.replaceAll(/\s+/g, '');

const MARKS = Array.from('\\`*_{}[]()#+-.!<>|~=:@&;"\'/$^, \t\n1a');
const WORDS = [
  ...['https://a.example', 'http:', '//', 'www.', 'www', 'a@b.example', 'mailto:', 'ftp://x', '.example', '&amp;'],
  ...[
    '===',
    '---',
    '\n---',
    '| - |',
    ':-:',
    '    ',
    '\n\n',
    '\n    code',
    '```',
    '<b>',
    '<!--',
    '![',
    '](',
    '1. ',
    '- ',
  ],
  ...['[x]: y', '[ ] ', 'größe', 'a_b', '\r\n', '\u00a0', '😀'],
];
const value = fc
  .array(fc.oneof(fc.constantFrom(...MARKS), fc.constantFrom(...WORDS)), { maxLength: 12 })
  .map((pieces) => pieces.join(''));
const RUNS = { seed: 20261130, numRuns: 1000 };

describe('an escaped value', () => {
  test.each([
    ['nightly #7: größe ≠ 3 (ok)', String.raw`nightly #7: größe ≠ 3 \(ok\)`],
    ['snake_case, 1 < 2 && a.b', 'snake_case, 1 < 2 && a.b'],
    ['https://a.example', String.raw`https\://a.example`],
    ['www.a.example a@b', String.raw`www\.a.example a\@b`],
    ['C:\\', 'C:\\\\'],
    ['---\n==\na | b', '\\---\n\\==\na \\| b'],
    ['at a\n\tat b', 'at a\n\u00a0\u00a0\u00a0\u00a0at b'],
  ])('of %j is %j', (plain, markdown) => {
    expect(escapedValue(plain)).toBe(markdown);
  });

  test('is nothing but text to the parser of the page', () => {
    fc.assert(
      fc.property(value, (plain) => {
        const markdown = escapedValue(plain);
        for (const text of [markdown, `Line\n${markdown}`, `a ${markdown} b`, `a\n\n${markdown}`])
          expect([text, [...typesOf(text)].filter((type) => !PLAIN.includes(type))]).toEqual([text, []]);
      }),
      RUNS,
    );
  });

  test('is nothing but text beside another one', () => {
    fc.assert(
      fc.property(value, value, (one, another) => {
        const text = escapedValue(one) + escapedValue(another);
        expect([text, [...typesOf(text)].filter((type) => !PLAIN.includes(type))]).toEqual([text, []]);
      }),
      RUNS,
    );
  });

  test('is shown as it is', () => {
    fc.assert(
      fc.property(value, (plain) => {
        expect(inked(shown(escapedValue(plain)))).toBe(inked(plain));
      }),
      RUNS,
    );
  });

  test('is the address of a link that the template has', () => {
    const html = marked.parse(`[Open](${escapedValue('https://ci.example/a_b(1)?x=1&y=@z#_c')})`, { async: false });
    expect(html).toContain('href="https://ci.example/a_b(1)?x=1&amp;y=@z#_c"');
  });

  test('does not end the marks around it', () => {
    const line = value.map((plain) => plain.replaceAll(/\s+/g, ' ')).filter((plain) => plain.trim() === plain);
    fc.assert(
      fc.property(line, (plain) => {
        const markdown = `**a${escapedValue(plain)}b**`;
        expect(marked.parse(markdown, { async: false })).toMatch(/^<p><strong>a[^]*b<\/strong><\/p>\n$/);
        const linked = `[a](${escapedValue(plain)})`;
        const links = marked.parse(linked, { async: false }).match(/<a [^>]*>[^]*?<\/a>/g) ?? [];
        expect(links.map((link) => link.replace(/^<a [^>]*>/, ''))).toEqual(links.length > 0 ? ['a</a>'] : []);
      }),
      RUNS,
    );
  });
});
