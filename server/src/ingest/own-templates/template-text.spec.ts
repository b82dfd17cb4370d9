import { TEMPLATE_DEPTH_MAX, TEMPLATE_MESSAGE_MAX, TEMPLATE_TAGS_MAX } from '@herald/protocol';
import fc from 'fast-check';
import { isTemplateFault, templateParts } from './template-text.js';

function nested(levels: number): string {
  return '{{#a}}'.repeat(levels) + '{{/a}}'.repeat(levels);
}

describe('templateParts', () => {
  test('reads texts, values and sections', () => {
    expect(templateParts('a {{b.c}}{{{d}}}{{! a comment }}{{#e}}{{.}}{{/e}}{{^f}}g{{/f}}')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'value', path: ['b', 'c'], isRaw: false },
      { kind: 'value', path: ['d'], isRaw: true },
      { kind: 'section', path: ['e'], isInverted: false, parts: [{ kind: 'value', path: [], isRaw: false }] },
      { kind: 'section', path: ['f'], isInverted: true, parts: [{ kind: 'text', text: 'g' }] },
    ]);
  });

  test('leaves out the lines of tags that stand alone', () => {
    expect(templateParts('{{#a}}\nb\n{{/a}}\n')).toEqual([
      { kind: 'section', path: ['a'], isInverted: false, parts: [{ kind: 'text', text: 'b\n' }] },
    ]);
  });

  test('takes as many tags and levels as there may be', () => {
    expect(templateParts('{{a}}'.repeat(TEMPLATE_TAGS_MAX))).toHaveLength(TEMPLATE_TAGS_MAX);
    expect(templateParts(nested(TEMPLATE_DEPTH_MAX))).toHaveLength(1);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a tag that is not closed', 'a {{b', { code: 'unclosed_tag', params: { position: 2 } }],
    ['one after others', '{{a}} {{b {{c', { code: 'unclosed_tag', params: { position: 6 } }],
    ['a tag that is too long', `a{{${'b'.repeat(201)}}}`, { code: 'unclosed_tag', params: { position: 1 } }],
    ['three braces and two', '{{{a}}', { code: 'unclosed_tag', params: { position: 0 } }],
    ['a section that is not closed', '{{a}}{{#b}}c', { code: 'unclosed_section', params: { name: 'b', position: 5 } }],
    ['an inverted one', 'a{{^ b }}c', { code: 'unclosed_section', params: { name: 'b', position: 1 } }],
    ['sections that cross', '{{#a}}{{#b}}{{/a}}', { code: 'unclosed_section', params: { name: 'b', position: 6 } }],
    [
      'one before another',
      '{{#a}}x\n{{^a}}none{{/a}}',
      { code: 'unclosed_section', params: { name: 'a', position: 0 } },
    ],
    ['one around another', '{{#a}}x{{#a}}y{{/a}}', { code: 'unclosed_section', params: { name: 'a', position: 0 } }],
    ['one before a value', '{{#b}}{{{#b}}}', { code: 'unclosed_section', params: { name: 'b', position: 0 } }],
    ['a section that is not open', 'a{{/b}}', { code: 'unopened_section', params: { name: 'b', position: 1 } }],
    ['a partial', 'a{{> b}}', { code: 'unsupported_tag', params: { tag: '>', position: 1 } }],
    ['other delimiters', 'ab{{=<% %>=}}<%c%>', { code: 'unsupported_tag', params: { tag: '=', position: 2 } }],
    ['delimiters after a space', 'ab{{ =| |=}}', { code: 'unsupported_tag', params: { tag: '=', position: 2 } }],
    ['broken delimiters', 'ab{{=<%=}}', { code: 'unsupported_tag', params: { tag: '=', position: 2 } }],
    [
      'too many tags',
      '{{a}}'.repeat(TEMPLATE_TAGS_MAX + 1),
      { code: 'too_many_tags', params: { max: TEMPLATE_TAGS_MAX, position: 5 * TEMPLATE_TAGS_MAX } },
    ],
    [
      'nested sections',
      nested(TEMPLATE_DEPTH_MAX + 1),
      { code: 'sections_too_deep', params: { max: TEMPLATE_DEPTH_MAX, position: 6 * TEMPLATE_DEPTH_MAX } },
    ],
    ['very deep sections', nested(300), { code: 'sections_too_deep' }],
  ])('refuses %s, and says where', (_, text, fault) => {
    expect(templateParts(text)).toMatchObject(fault);
  });

  test('reads or refuses any text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '{{',
      '}}',
      '{{{',
      '}}}',
      ...Array.from('#^/&>!=| \na'),
      '{{#a}}',
      '{{/a}}',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const parts = templateParts(given);
        if (isTemplateFault(parts)) expect(parts.params['position']).toBeLessThan(given.length);
      }),
      { seed: 20261130, numRuns: 5000 },
    );
  });

  /** Each is as long as the text of a message may be. */
  const long = (part: string): string => part.repeat(TEMPLATE_MESSAGE_MAX / part.length);
  test.each<[string, string]>([
    ['spaces in a tag', `{{a${' '.repeat(TEMPLATE_MESSAGE_MAX)}`],
    ['spaces', long(' ')],
    ['opening braces', long('{')],
    ['closing braces', long('}')],
    ['tags of spaces', long(`{{a${' '.repeat(195)}b}}`)],
    ['tags', long('{{a}}')],
    ['delimiters', long('{{=| |=}}')],
    ['spaces after delimiters', `{{=| |=}}|a${' '.repeat(TEMPLATE_MESSAGE_MAX - 11)}`],
    ['sections that are not closed', long('{{#a}}x{{/a}}{{^a}}')],
    ['empty triples', long('{{{ }}}')],
    ['line breaks', long('\n{{#a}}')],
  ])('reads a text of %s within 10 ms', (_, text) => {
    templateParts(text);
    const before = process.threadCpuUsage();
    for (let times = 0; times < 10; times++) templateParts(text);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 10_000).toBeLessThan(10);
  });
});
