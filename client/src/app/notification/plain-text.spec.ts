import { toHtml } from './markdown';
import { plainText } from './plain-text';

const textOf = (markdown: string): string => plainText({ message: markdown, markdown: true });

/** Layout separates blocks, while characters separate lines. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

function asShown(markdown: string): string {
  const element = document.createElement('div');
  element.innerHTML = toHtml(markdown);
  // The host tells where a click leads, but links in a row can't be clicked.
  for (const host of element.querySelectorAll('.host')) host.remove();
  return element.textContent;
}

describe('a Markdown message as plain text', () => {
  it.each([
    '**bold** and __bold__',
    '*slanted* and _slanted_',
    '***both***',
    '~~gone~~',
    'run `npm ci` now',
    'see [the log](https://example.com/log "title") please',
    '![a chart](https://example.com/chart.png)',
    '# Heading\n\ntext',
    '> quoted\n> twice',
    '- one\n- two\n  - three',
    '* one\n* two',
    '```js\nlet a = 1;\n```',
    'above\n\n---\n\nbelow',
    'snake_case_name and 2 * 3 * 4',
    'a lone * and a lone _',
    'price\\*: 5',
    '<b>markup</b> is text',
  ])('reads like its formatted form: %j', (markdown) => {
    expect(withoutSpace(textOf(markdown))).toBe(withoutSpace(asShown(markdown)));
  });

  it('has a bar between the cells of a table, and nothing of its lines', () => {
    const table = '| step | state |\n|------|:-----:|\n| tests | 128 |';
    expect(textOf(table).replace(/\s+/g, ' ')).toBe('step | state tests | 128');
  });

  it('stays unchanged when it is not Markdown', () => {
    expect(plainText({ message: '**bold**' })).toBe('**bold**');
  });

  it.each([
    ['[', '`', '~~', '> ', '- ', '![](', '[](', '\\', '|', '| ', '|-', '-|', ' - '],
    ['*', '_', '**a', '__a', '*a ', '_a ', ' *a', '**a ', '__a ', '~~a ', '*a*b '],
  ])('takes about as long for hostile text as for any other: %s', (...parts) => {
    const SIZE = 64_000;
    const timeOf = (part: string): number => {
      const text = part.repeat(SIZE / part.length);
      const startedAt = performance.now();
      textOf(text);
      return performance.now() - startedAt;
    };
    const usualMs = Math.max(...Array.from({ length: 5 }, () => timeOf('**A** word ')));
    const slow = parts.filter((part) => Math.min(...Array.from({ length: 3 }, () => timeOf(part))) > 20 * usualMs);
    expect(slow).toEqual([]);
  });
});
