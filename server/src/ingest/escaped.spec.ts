import { escaped, escapedLabel } from './escaped.js';

describe('escaped', () => {
  test.each([
    ['*a* `b` ~c~ _d_', String.raw`\*a\* \`b\` \~c\~ \_d\_`],
    ['[a](b) <c> &amp; \\*', String.raw`[a]\(b) \<c> \&amp; \\\*`],
    ['# a\n> b\n- c\n1. d', '\\# a\n\\> b\n\\- c\n1\\. d'],
    ['snake_case & C:\\x, 1 < 2', 'snake_case & C:\\x, 1 < 2'],
  ])('turns %j into %j', (plain, markdown) => {
    expect(escaped(plain)).toBe(markdown);
  });
});

test('escapes the brackets of a label, with or without a backslash before them', () => {
  expect(escapedLabel(String.raw`[a] \[b`)).toBe(String.raw`\[a\] \\\[b`);
});
