import { MARKDOWN_DEPTH_MAX, toHtml } from './markdown';

const parsed = (text: string): HTMLElement => {
  const element = document.createElement('div');
  element.innerHTML = toHtml(text);
  return element;
};

describe('Markdown of a message', () => {
  test('becomes emphasis, lists, code and links', () => {
    const html = parsed('**bold** `code`\n\n- one\n- two\n\n[here](https://example.com/?a=1&b=2)');
    expect(html.querySelector('strong')?.textContent).toBe('bold');
    expect(html.querySelector('code')?.textContent).toBe('code');
    expect(html.querySelectorAll('li')).toHaveLength(2);
    const link = html.querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.com/?a=1&b=2');
    expect(link?.rel).toBe('noopener noreferrer');
  });

  test.each([
    '<script>alert(1)</script>',
    'text <img src=x onerror=alert(1)> text',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://example.com/"></iframe>',
  ])('shows %s as text', (text) => {
    const html = parsed(text);
    expect(html.querySelector('script, img, iframe, a')).toBeNull();
    expect(html.textContent.trim()).toBe(text);
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,x)',
    '[x](/inbox)',
    '[x](java&#x73;cript:alert(1))',
  ])('makes no link of %s', (text) => {
    expect(parsed(text).querySelector('a')).toBeNull();
  });

  test('links an image instead of loading it', () => {
    const html = parsed('![the *graph*](https://example.com/graph.png "title")');
    expect(html.querySelector('img')).toBeNull();
    expect(html.querySelector('a')?.getAttribute('href')).toBe('https://example.com/graph.png');
    expect(parsed('![<b>](javascript:alert(1))').querySelector('img, a, b')).toBeNull();
  });

  test("adds no heading to the page's outline, and escapes quotes in attributes", () => {
    expect(parsed('# Big').querySelector('h1')).toBeNull();
    expect(parsed('## Less').querySelector('.level-2')?.textContent).toBe('Less');
    expect(parsed('[x](<https://example.com/"onmouseover="alert(1)>)').querySelector('[onmouseover]')).toBeNull();
  });

  test('shows the boxes of tasks as pictures with a name, and keeps the alignment of columns', () => {
    const boxes = [...parsed('- [x] one\n- [ ] two').querySelectorAll('li > .task')];
    expect(boxes.map((box) => [box.textContent, box.getAttribute('aria-label')])).toEqual([
      ['☑', 'Done'],
      ['☐', 'To do'],
    ]);
    const cells = [...parsed('|a|b|c|\n|:-|:-:|-:|\n|1|2|3|').querySelectorAll('td')];
    expect(cells.map((cell) => cell.getAttribute('align'))).toEqual(['left', 'center', 'right']);
  });

  test('shows the host of a link in Punycode, unless the text shows it', () => {
    const links = (text: string): string[] => [...parsed(text).querySelectorAll('a')].map((link) => link.textContent);
    expect(links('[bank.example](https://evil.example/)')).toEqual(['bank.example evil.example']);
    expect(links('[apple](https://аpple.com/)')).toEqual(['apple xn--pple-43d.com']);
    expect(links('[example.com/log](https://example.com/log)')).toEqual(['example.com/log']);
    expect(links('see https://example.com/log')).toEqual(['https://example.com/log']);
    expect(links('![chart](https://example.com/a.png)')).toEqual(['chart example.com']);
  });

  test.each([
    '[x](https://bank.example@evil.example/)',
    'https://bank.example@evil.example/',
    '![x](https://a:b@evil.example/)',
  ])('makes no link of an address with a user name: %s', (text) => {
    expect([...parsed(text).querySelectorAll('a')].map((link) => link.href)).not.toContainEqual(
      expect.stringContaining('@'),
    );
  });

  const nested: [string, (depth: number) => string][] = [
    ['quotations', (depth) => '> '.repeat(depth) + 'deep'],
    ['lists on one line', (depth) => '- '.repeat(depth) + 'deep'],
    [
      'lists by their indentation',
      (depth) =>
        Array.from({ length: depth }, (_, at) => `${'  '.repeat(at)}- ${at === depth - 1 ? 'deep' : 'a'}`).join('\n'),
    ],
    ['emphasis', (depth) => '*a '.repeat(depth) + ' b*'.repeat(depth)],
  ];
  test.each(nested)(`nests %s ${MARKDOWN_DEPTH_MAX} times and no deeper`, (_, of) => {
    expect(parsed(of(MARKDOWN_DEPTH_MAX)).querySelectorAll('blockquote, ul, em')).toHaveLength(MARKDOWN_DEPTH_MAX);
    expect(() => toHtml(of(MARKDOWN_DEPTH_MAX + 1))).toThrow(RangeError);
  });

  test('formats hostile text as fast as twenty usual messages of the same length', () => {
    const time = (work: () => void): number => {
      const from = performance.now();
      work();
      return performance.now() - from;
    };
    const usual = '**Ready** for [review](https://example.com/42), see `log`\n\n- one\n'.repeat(60);
    toHtml(usual);
    const limit = time(() => Array.from({ length: 20 }, () => toHtml(usual)));
    for (const mark of ['>', '> - ', '- ', '1. ', '*a ', '**a *b ', '[', '![', '[a](', '~~a ', '_a ']) {
      const text = mark.repeat(4000 / mark.length);
      expect([mark, time(() => expect(() => toHtml(text)).not.toThrow(TypeError)) < limit]).toEqual([mark, true]);
    }
    const emphasis = '*a '.repeat(666) + ' b*'.repeat(666);
    expect(time(() => expect(() => toHtml(emphasis)).toThrow(RangeError))).toBeLessThan(limit);
  });

  test('refuses to format a text over the length limit', () => {
    expect(() => toHtml('a'.repeat(4001))).toThrow(RangeError);
  });
});
