import { toHtml } from './markdown';

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

  test.each(['[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](data:text/html,x)', '[x](/inbox)', '[x](java&#x73;cript:alert(1))'])(
    'makes no link of %s',
    (text) => {
      expect(parsed(text).querySelector('a')).toBeNull();
    },
  );

  test('loads no image, but leads to it', () => {
    const html = parsed('![the *graph*](https://example.com/graph.png "title")');
    expect(html.querySelector('img')).toBeNull();
    expect(html.querySelector('a')?.getAttribute('href')).toBe('https://example.com/graph.png');
    expect(parsed('![<b>](javascript:alert(1))').querySelector('img, a, b')).toBeNull();
  });

  test('gets no heading into the outline of the page, and no attribute out of its quotes', () => {
    expect(parsed('# Big').querySelector('h1')).toBeNull();
    expect(parsed('[x](<https://example.com/"onmouseover="alert(1)>)').querySelector('[onmouseover]')).toBeNull();
  });
});
