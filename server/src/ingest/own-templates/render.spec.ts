import { render, type RenderedText } from './render.js';
import { isTemplateFault, templateParts } from './template-text.js';

const PAYLOAD = {
  job: { name: 'nightly', number: 7, isGreen: false },
  steps: [
    { name: 'build', ms: 40, tags: ['a', 'b'] },
    { name: 'test', ms: 0 },
  ],
  name: 'outer',
  none: null,
  empty: [],
};

const LIMITS = { steps: 2500, length: 1000 };

function rendered(text: string, payload: object = PAYLOAD, escape = (value: string) => value): RenderedText {
  const parts = templateParts(text);
  if (isTemplateFault(parts)) throw new Error(parts.reason);
  return render(parts, payload, LIMITS, escape);
}

describe('render', () => {
  test.each<[string, string]>([
    ['{{job.name}} #{{job.number}} {{job.isGreen}}', 'nightly #7 false'],
    ['{{#steps}}{{name}}, {{/steps}}', 'build, test, '],
    ['{{#steps}}{{job.name}}/{{name}} {{/steps}}', 'nightly/build nightly/test '],
    ['{{#steps}}{{#tags}}{{.}}{{/tags}}{{^tags}}none{{/tags}} {{/steps}}', 'ab none '],
    ['{{steps.1.name}} of {{steps.length}}', 'test of 2'],
    ['{{#job}}{{name}}{{/job}}', 'nightly'],
    ['{{#job.isGreen}}green{{/job.isGreen}}{{^job.isGreen}}red{{/job.isGreen}}', 'red'],
    ['{{^empty}}none{{/empty}}{{#empty}}some{{/empty}}{{#none}}some{{/none}}', 'none'],
    ['a{{missing}}b{{none}}c{{job.missing.too}}d', 'abcd'],
    // A name that the inner value has hides the outer one, even if the rest of the path leads nowhere.
    ['{{#steps}}{{name.first}}{{/steps}}', ''],
    ['{{job}}{{steps}}', ''],
    ['<b> & "c"', '<b> & "c"'],
  ])('renders %s', (text, expected) => {
    expect(rendered(text)).toEqual({ text: expected, isCut: false });
  });

  test.each([
    'constructor',
    '__proto__',
    'toString',
    'job.constructor.name',
    'steps.map',
    'name.length',
    'job.__proto__',
  ])('finds no %s, which payloads do not have', (path) => {
    expect(rendered(`[{{${path}}}{{#${path}}}reached{{/${path}}}]`).text).toBe('[]');
  });

  test('calls no function', () => {
    let calls = 0;
    const payload = { call: () => (calls += 1) };
    expect(rendered('{{call}}{{#call}}a{{/call}}', payload).text).toBe('a');
    expect(calls).toBe(0);
  });

  test('escapes values, but neither texts nor values in triple braces', () => {
    expect(rendered('*{{a}}* {{{a}}} {{&a}}', { a: 'b' }, (value) => `<${value}>`).text).toBe('*<b>* b b');
  });

  test('ends at the most characters of a text', () => {
    const { text, isCut } = rendered('{{#a}}{{b}}{{/a}}c', { a: Array(100).fill(0), b: 'x'.repeat(600) });
    expect([text, isCut]).toEqual(['x'.repeat(1000), true]);
  });

  test.each<[string, string, object]>([
    [
      'nested sections over a long list',
      '{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}',
      { a: Array(20_000).fill(1) },
    ],
    ['a section over a long list', '{{#a}}{{b}}{{/a}}', { a: Array(20_000).fill({}) }],
    ['many names for each item', `{{#a}}${'{{b.c.d}}'.repeat(90)}{{/a}}`, { a: Array(20_000).fill({ b: { c: {} } }) }],
  ])('ends %s', (_, text, payload) => {
    rendered(text, payload);
    const before = process.threadCpuUsage();
    expect(rendered(text, payload)).toEqual({ text: '', isCut: true });
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(20);
  });

  test('ends at the most steps', () => {
    const text = '{{#a}}{{/a}}b';
    expect(rendered(text, { a: Array(2498).fill(1) })).toEqual({ text: 'b', isCut: false });
    expect(rendered(text, { a: Array(2499).fill(1) })).toEqual({ text: '', isCut: true });
  });
});
