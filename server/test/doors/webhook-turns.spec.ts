import { longestTurnMs } from '../longest-turn.js';
import { useServer } from '../running-server.js';

const TURN_MAX_MS = 50;
/** The limit of a body, less a name and a few brackets. */
const BYTES = 1_048_000;
/** The values that a payload may have, less a few. */
const VALUES = 19_900;

/** Fields of names that are all different, which V8 parses slowly. */
const pairs = (count: number): string => {
  const width = Math.floor(BYTES / count) - 6;
  return Array.from({ length: count }, (_, n) => `"${String(n).padStart(width, 'k')}":1`).join(',');
};
const objects = Array.from({ length: VALUES / 2 }, (_, n) => `{"k${n}":1}`).join(',');
const letters = 'a'.repeat(BYTES);
const brackets = '[A'.repeat(BYTES / 2);
const escapes = '%7B'.repeat(BYTES / 3);

/** Own templates at their limits: tags, levels, and characters. */
const deep = (inner: string): string => `${'{{#a}}'.repeat(5)}${inner}${'{{/a}}'.repeat(5)}`;
const fields = (path: string): string => `{{${path}}}`.repeat(90);
const OWN: Record<string, object> = {
  nested: { message: deep('{{b}}'), title: deep('{{b}}'), key: deep('{{b}}') },
  fields: { message: `{{#a}}${fields('a.a.a.a.a.a.a')}{{/a}}` },
  texts: { message: `{{#a}}${fields('b')}{{/a}}`, title: fields('b'), tags: fields('b') },
  spaces: { message: `{{#a}}${' '.repeat(3900)}{{/a}}`, title: '{{b}}' },
};
const list = `{"b":"*_[${'_'.repeat(1000)}","a":[${'{"a":1},'.repeat(VALUES / 2 - 10)}1]}`;

describe('the webhook door', () => {
  const server = useServer();
  let path: string;

  beforeAll(async () => {
    const admin = await server.signIn();
    const { id, key } = await server.createApp(admin, { name: 'ci', audience: ['everyone'], markdown: true });
    path = `/hooks/${key}`;
    for (const [name, texts] of Object.entries(OWN)) {
      const { status } = await server.request('PUT', `/api/apps/${id}/templates/${name}`, admin, {
        ...{ title: 't', message: 'm', example: {} },
        ...texts,
      });
      expect(status).toBe(200);
    }
    await post('grafana', '{"title":"m"}', 'application/json');
  });

  function post(template: string, body: string, type: string): Promise<unknown> {
    const headers = { 'Content-Type': type, 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': body.slice(0, 90) };
    return server.fetch(`${path}/${template}`, { method: 'POST', headers, body });
  }

  test.each<[string, string, string, string?]>([
    ['different names', 'grafana', `{${pairs(VALUES)}}`],
    ['different names of labels', 'alertmanager', `{"alerts":[{"labels":{${pairs(VALUES)}}}]}`],
    ['common labels', 'alertmanager', `{"commonLabels":{${pairs(VALUES)}}}`],
    ['objects of different forms', 'alertmanager', `{"alerts":[${objects}]}`],
    ['commits of different forms', 'github', `{"commits":[${objects}]}`],
    ['one text', 'grafana', `{"title":"${letters}"}`],
    ['a title of brackets', 'grafana', `{"title":"${brackets}"}`],
    ['a long group key', 'alertmanager', `{"groupKey":"${letters}"}`],
    ['a form of escapes', 'github', `payload=${escapes}`, 'application/x-www-form-urlencoded'],
    ['a form of plus signs', 'github', `payload=${'+'.repeat(BYTES)}`, 'application/x-www-form-urlencoded'],
    ['a list for nested sections', 'nested', list],
    ['a list for many fields', 'fields', list],
    ['a list for long texts', 'texts', list],
    ['a list for long spaces', 'spaces', list],
    ['one text for many fields', 'texts', `{"b":"${brackets}","a":[1]}`],
    ['spaces before a brace', 'grafana', `${' '.repeat(BYTES)}{`],
  ])('does not hold the event loop for a payload of %s', async (_, template, body, type = 'application/json') => {
    await post(template, body, type);
    const ms = await longestTurnMs(() => post(template, body, type));
    expect(ms).toBeLessThan(TURN_MAX_MS);
  });
});
