import { growthOf, LINEAR } from '#test/growth.js';
import { escaped } from '../escaped.js';
import { asMarkdown, asPlain, markdownLink } from './mrkdwn.js';

describe('asMarkdown', () => {
  test.each([
    ['bold text', 'a *b c* d', 'a **b c** d'],
    ['bold text at the edges', '*b*', '**b**'],
    ['bold text beside punctuation', '(*b*)', '(**b**)'],
    ['italic text', 'a _b c_ d', 'a _b c_ d'],
    ['struck text', 'a ~b c~ d', 'a ~~b c~~ d'],
    ['styles in each other', '*_b_ ~c~*', '**_b_ ~~c~~**'],
    ['a link', '<https://a.example/1>', '<https://a.example/1>'],
    [
      'a link with a label',
      'see <https://a.example/?a=1&amp;b=2|the *docs*>',
      String.raw`see [the \*docs\*](https://a.example/?a=1&b=2)`,
    ],
    ['a link with round brackets', '<https://a.example/x_(y)|x>', '[x](https://a.example/x_%28y%29)'],
    ['a link with a label in square brackets', '<https://a.example/|[1]>', String.raw`[\[1\]](https://a.example/)`],
    ['a bold link', '*<https://a.example/~a|x>*', '**[x](https://a.example/~a)**'],
    ['an address of mail', '<mailto:a@b.example|Ann>', '[Ann](mailto:a@b.example)'],
    ['a mention of all who are here', '<!here> look', '@here look'],
    ['a mention of a user', '<@U1> and <@U2|ann>', '@U1 and @ann'],
    ['a mention of a group', '<!subteam^S1|@ops>', '@ops'],
    ['a mention of a channel', '<#C1> and <#C2|ops>', '#C1 and #ops'],
    ['a date', '<!date^1392734382^{date}|18 Feb>', '18 Feb'],
    ['entities', 'a &amp; b &lt;c&gt;', String.raw`a & b \<c>`],
    ['an entity of an entity', '&amp;lt;', String.raw`\&lt;`],
    ['a quote', '&gt; a\n> b', '> a\n> b'],
    ['a line below a quote', '&gt; a\nb\n> c\n\nd', '> a\n\nb\n> c\n\nd'],
    ['a quote to the end', '&gt;&gt;&gt; a\nb', '>>> a\nb'],
    ['angle brackets without an address', 'List<String>', String.raw`List\<String>`],
    ['a span of code', '`a *b* <c> &lt;d&gt; &amp;`', '`a *b* <c> <d> &`'],
    ['a block of code on one line', '```a *b* ~c~```', '```a *b* ~c~```'],
    ['a block of code', 'a\n```\n*b*\n <!here>\n```\nc', 'a\n```\n*b*\n <!here>\n```\nc'],
    ['a block of code beside a text', 'a ```*b*\nc``` d', 'a \n```\n*b*\nc\n```\n d'],
    ['code in bold text', '*a `b*c` d*', '**a `b*c` d**'],
    ['code without an end', '```a *b*', '```a **b**'],
  ])('turns %s into Markdown', (_, mrkdwn, markdown) => {
    expect(asMarkdown(mrkdwn)).toBe(markdown);
  });

  test.each([
    ['stars between words', '2 * 3 * 4, a*b*c, * d *'],
    ['underscores in a name', 'snake_case_name'],
    ['tildes in a path', '~/a/~b and a~b~c'],
    ['an opening mark alone', '*a\nb*'],
    ['bold text of Markdown', '**b** and ~~s~~'],
    ['a link of Markdown', '[a](https://a.example/x_y)'],
    ['lists and lines', '- a\n- b\n\n1. c'],
    ['an address', 'https://a.example/a_b_c?d=*e*f'],
  ])('leaves %s', (_, text) => {
    expect(asMarkdown(text)).toBe(text);
  });
});

describe('asPlain', () => {
  test.each([
    ['*b* _i_ ~s~ `c`', 'b i s c'],
    ['**b** [a](https://a.example/)', 'b a'],
    ['<https://a.example/|Build 5> by <@U1|ann>, <!here>', 'Build 5 by @ann, @here'],
    ['<https://a.example/>', 'https://a.example/'],
    ['a &lt; b &amp;&amp; c', 'a < b && c'],
    ['[FIRING:1] disk_full', '[FIRING:1] disk_full'],
  ])('turns %j into %j', (mrkdwn, plain) => {
    expect(asPlain(mrkdwn)).toBe(plain);
  });
});

describe('a long text', () => {
  const PARTS = [
    '`',
    '*',
    '~ ',
    '<',
    '```',
    '```\n',
    '&amp;',
    '*a',
    '_*~`<',
    '<a|',
    '> a\n',
    '&gt;',
    '* ',
    '[](',
    '&a',
    '\n',
    ' ',
    '\t',
    ' \n',
    '1',
    '1 ',
  ];
  const rows = [asMarkdown, asPlain, escaped, linkTo].flatMap((turn) => PARTS.map((part) => ({ turn, part })));

  test.each(rows)('takes $turn.name linear time if it repeats $part', ({ turn, part }) => {
    expect(growthOf(turn, (length) => `a${part.repeat(length / part.length)}b`)).toBeLessThan(LINEAR);
  });

  function linkTo(label: string): string {
    return markdownLink('https://a.example/', label);
  }
});
