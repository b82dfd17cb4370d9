import { marked } from 'marked';
import { richText } from './rich-text.js';

const text = (value: string, style?: object): object => ({ type: 'text', text: value, style });
const part = (type: string, ...elements: object[]): object => ({ type: `rich_text_${type}`, elements });
const line = (value: string): object => part('section', text(value));
const list = (fields: object, ...items: string[]): object => ({ ...part('list', ...items.map(line)), ...fields });

describe('richText', () => {
  test.each<[string, object[], string]>([
    ['a text after a quote', [part('quote', text('a\nb')), line('c')], '> a\n> b\n\nc'],
    ['a text after a list', [line('a\n'), list({}, 'b', 'c'), line('d')], 'a\n\n\n- b\n- c\n\nd'],
    ['a list with numbers', [list({ style: 'ordered' }, 'a', 'b')], '1. a\n2. b'],
    ['a list that continues', [list({ style: 'ordered', offset: 2 }, 'c', 'd')], '3. c\n4. d'],
    ['a list in a list', [list({}, 'a'), list({ indent: 1 }, 'b'), list({ indent: 0 }, 'c')], '- a\n    - b\n- c'],
    ['a list that skips a level', [list({ indent: 3 }, 'a'), list({ indent: 8 }, 'b')], '- a\n    - b'],
    ['an item of two lines', [list({}, 'a\nb')], '- a\n    b'],
    ['code with a fence', [part('preformatted', text('a\n```\nb'))], '````\na\n```\nb\n````'],
    ['code in a line', [part('section', text('a`b', { code: true }))], '`` a`b ``'],
    ['a list with fields of other types', [list({ style: 1, indent: 'x', offset: -1.5 }, 'a')], '- a'],
  ])('writes %s', (_, elements, markdown) => {
    expect(richText({ elements })).toBe(markdown);
  });

  test('shows each part on its own', () => {
    const elements = [part('quote', text('a')), line('b'), list({ style: 'ordered' }, 'c'), list({ indent: 1 }, 'd')];
    const html = marked.parse(richText({ elements: [...elements, line('e')] }), { async: false });
    expect(html.replaceAll('\n', '')).toBe(
      '<blockquote><p>a</p></blockquote><p>b</p><ol><li>c<ul><li>d</li></ul></li></ol><p>e</p>',
    );
  });
});
