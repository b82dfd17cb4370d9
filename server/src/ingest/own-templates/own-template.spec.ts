import { type Priority, type TemplateField, type TemplateTexts, TITLE_MAX } from '@herald/protocol';
import type { ForeignMessage } from '../fitted-draft.js';
import { ownMessage } from './own-template.js';

const PAYLOAD = { job: 'nightly', state: 'failed', text: '*bold* [x](https://evil.example)', none: '' };
const TEXTS: TemplateTexts = { title: '{{job}} {{state}}', message: '{{text}}' };

function messageOf(texts: Partial<TemplateTexts>, payload: object = PAYLOAD, isMarkdown = false): ForeignMessage {
  return ownMessage({ ...TEXTS, ...texts }, payload as Record<string, unknown>, isMarkdown);
}

describe("an app's own template", () => {
  test('makes every field of a message', () => {
    const texts = {
      priority: '{{state}}',
      tags: 'ci, {{job}},',
      url: ' https://ci.example/{{job}} ',
      key: 'ci/{{job}}',
    };
    expect(messageOf(texts)).toEqual({
      title: 'nightly failed',
      message: PAYLOAD.text,
      markdown: false,
      priority: 'high',
      tags: ['ci', 'nightly'],
      url: 'https://ci.example/nightly',
      key: 'ci/nightly',
      cut: [],
      dropped: [],
    });
  });

  test('leaves the fields of empty texts to the app', () => {
    const texts = { priority: '{{none}}', tags: '{{none}},', url: '{{none}} ', key: '{{missing}}' };
    for (const given of [{}, texts]) {
      expect(Object.keys(messageOf(given)).sort()).toEqual(['cut', 'dropped', 'markdown', 'message', 'title']);
    }
  });

  test.each<[string, Priority]>([
    ...['1', '2', 'min', 'low', 'info', 'ok', 'Resolved'].map((word): [string, Priority] => [word, 'low']),
    ...['3', 'default', 'medium', 'warning'].map((word): [string, Priority] => [word, 'medium']),
    ...['4', '5', 'high', 'MAX', ' urgent ', 'critical', 'page', 'error', 'fatal', 'failure'].map(
      (word): [string, Priority] => [word, 'high'],
    ),
  ])('turns %j into a priority', (word, priority) => {
    expect(messageOf({ priority: '{{word}}' }, { ...PAYLOAD, word })).toMatchObject({ priority, dropped: [] });
  });

  test.each(['6', 'soon', 'constructor'])('drops the unknown priority %s', (word) => {
    const message = messageOf({ priority: word });
    expect([message.priority, message.dropped]).toEqual([undefined, ['priority']]);
  });

  test('has the title as its message, and the app as its title, where nothing is rendered', () => {
    expect(messageOf({ message: '{{none}}\n' })).toMatchObject({ message: 'nightly failed' });
    expect(messageOf({ title: '{{none}}' })).not.toHaveProperty('title');
  });

  test('is refused where neither is rendered', () => {
    for (const title of ['', '{{none}}', '\u200b']) {
      const fault = expect.objectContaining({ field: 'message', code: 'renders_blank' });
      expect(() => messageOf({ title, message: '' })).toThrow(expect.objectContaining({ details: [fault] }));
    }
  });

  test('shows values as they are in Markdown, except in triple braces', () => {
    const message = '**{{job}}**: {{text}} {{{text}}}';
    expect(messageOf({ message }, PAYLOAD, true)).toMatchObject({
      title: 'nightly failed',
      message: String.raw`**nightly**: \*bold\* \[x\]\(https\://evil.example\) ${PAYLOAD.text}`,
      markdown: true,
    });
    expect(messageOf({ title: '{{text}}', message: '' }, PAYLOAD, true)).toMatchObject({
      title: PAYLOAD.text,
      message: String.raw`\*bold\* \[x\]\(https\://evil.example\)`,
    });
  });

  test('keeps the marks of the template around a value', () => {
    expect(messageOf({ message: '**{{path}}** `{{path}}` `{{{path}}}`' }, { path: 'C:\\' }, true).message).toBe(
      String.raw`**C:\\** ` + '`C:\\\\` `C:\\`',
    );
  });

  test('hashes a key that is too long', () => {
    expect(messageOf({ key: 'k'.repeat(200) }).key).toMatch(/^[\w-]{43}$/);
  });

  describe('with a text that a limit has ended', () => {
    const list = Array<string>(2000).fill('ab');
    const payload = { job: 'nightly', state: 'failed', list, long: 'x'.repeat(20_000) };
    const loop = '{{#list}}{{.}},{{/list}}';

    test.each<[TemplateField, string]>([
      ['priority', 'high{{#list}}{{/list}}'],
      ['url', `https://ci.example/${loop}`],
      ['url', 'https://ci.example/{{long}}'],
      ['key', `ci/${loop}`],
      ['key', 'ci/{{long}}'],
    ])('drops the %s %s', (field, text) => {
      const message = messageOf({ [field]: text }, payload);
      expect(message).toMatchObject({ title: 'nightly failed', cut: [], dropped: [field] });
      expect(message).not.toHaveProperty(field);
    });

    test('keeps the tags that are whole', () => {
      const { tags, dropped } = messageOf({ tags: `ci,${'x'.repeat(410)},abcdefghij` }, payload);
      expect([tags, dropped]).toEqual([['ci', 'x'.repeat(410)], ['tags']]);
      expect(messageOf({ tags: '{{long}}' }, payload)).not.toHaveProperty('tags');
    });

    test('leaves the others whole', () => {
      const texts = { title: loop, tags: loop, key: 'ci/{{job}}', url: 'https://ci.example', message: '{{state}}' };
      const message = messageOf(texts, payload);
      expect(message).toMatchObject({ key: 'ci/nightly', url: texts.url, message: 'failed', cut: ['title'] });
      expect(message.title).toHaveLength(TITLE_MAX + 1);
    });

    test('names the message, also if it is the title', () => {
      expect(messageOf({ message: `Steps: ${loop}{{#list}}{{/list}}` }, payload).cut).toEqual(['message']);
      expect(messageOf({ title: loop, message: '{{none}}' }, payload).cut).toEqual(['title', 'message']);
    });
  });
});
