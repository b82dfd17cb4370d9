import type { Priority, TemplateTexts } from '@herald/protocol';
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

  test('leaves to the app what it has no text for, or what becomes blank', () => {
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
    expect(messageOf({ priority: '{{word}}' }, { word })).toMatchObject({ priority, dropped: [] });
  });

  test.each(['6', 'soon', 'constructor'])('drops the unknown priority %s', (word) => {
    const message = messageOf({ priority: word });
    expect([message.priority, message.dropped]).toEqual([undefined, ['priority']]);
  });

  test('has the title as its message, and the app as its title, where nothing is rendered', () => {
    expect(messageOf({ message: '{{none}}\n' })).toMatchObject({ message: 'nightly failed' });
    expect(messageOf({ title: '{{none}}' })).not.toHaveProperty('title');
    expect(messageOf({ title: '', message: '' })).toMatchObject({ message: '' });
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

  test('names the texts that a limit has ended, and renders the message last', () => {
    const payload = { job: 'nightly', list: Array(20_000).fill(1) };
    const message = messageOf({ message: 'Steps: {{#list}}{{/list}}', key: '{{job}}' }, payload);
    expect(message).toMatchObject({ title: 'nightly ', message: 'Steps: ', key: 'nightly', cut: ['message'] });
  });
});
