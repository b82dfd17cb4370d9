import { MESSAGE_MAX } from '@herald/protocol';
import { Marked } from 'marked';
import { isNestedTooDeep, NESTING_MAX } from './markdown-nesting.js';

const filled = (part: string): string => `${part.repeat(MESSAGE_MAX).slice(0, MESSAGE_MAX - 1)}x`;
const indented = (marker: string, depth: number): string =>
  Array.from({ length: depth }, (_, level) => `${'   '.repeat(level)}${marker} a`).join('\n');

/** Depth of quotes and lists as marked parses them. */
function depthOf(markdown: string): number {
  const html = new Marked().parse(markdown, { async: false });
  let [depth, deepest] = [0, 0];
  for (const [, close] of html.matchAll(/<(\/?)(?:blockquote|ul|ol)\b/g)) {
    depth += close === '/' ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

describe('isNestedTooDeep', () => {
  test.each(['>', '> ', '- ', '* ', '+ ', '1. ', '12) ', '> - ', '* + - 1. ', '>- 1. '])(
    'is true for a message of repeated %j',
    (part) => {
      expect(isNestedTooDeep(filled(part))).toBe(true);
      expect(isNestedTooDeep(`One line.\n\n${filled(part)}`)).toBe(true);
    },
  );

  test.each(['-', '*', '1.'])('is true for items of %s with ever deeper indentation', (marker) => {
    expect(isNestedTooDeep(indented(marker, NESTING_MAX + 1))).toBe(true);
    expect(isNestedTooDeep(indented(marker, NESTING_MAX))).toBe(false);
  });

  test.each([
    'Plain text > with > signs - and - hyphens',
    `${'> '.repeat(NESTING_MAX)}deep enough`,
    Array(500).fill('- item').join('\n'),
    Array(300).fill('  1. one\n  2. two').join('\n'),
    Array(400).fill('> quoted').join('\n'),
    `${'- '.repeat(100)}\n\n${'* '.repeat(100)}\n\n${'_'.repeat(100)}`,
    '- a\n  - b\n    - c\n- d\n  > e\n  > f',
    '-----',
  ])('is false for %j', (markdown) => {
    expect(isNestedTooDeep(markdown)).toBe(false);
  });

  test('agrees with the Markdown parser of the page on every mix of markers', () => {
    for (const part of ['>', '> ', '- ', '1. ', '> - ', '- > ', '>1. ', '* - + ']) {
      for (let times = 1; times <= 25; times++) {
        const markdown = `${part.repeat(times)}x`;
        expect([markdown, isNestedTooDeep(markdown)]).toEqual([markdown, depthOf(markdown) > NESTING_MAX]);
      }
    }
  });
});
