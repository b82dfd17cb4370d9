import type { AppTemplateDraft } from '@herald/protocol';
import { createHmac } from 'node:crypto';
import { Store } from '../../src/repository/store.js';
import { type Answer, codesOf, formOf, useServer } from '../running-server.js';

const PAYLOAD = {
  job: { id: 7, name: 'nightly' },
  status: 'failed',
  steps: [
    { name: 'build', result: 'ok' },
    { name: 'test', result: 'größe ≠ 3' },
  ],
};
const CI: AppTemplateDraft = {
  title: '{{job.name}} {{status}}',
  message: '{{#steps}}\n{{name}}: {{result}}\n{{/steps}}',
  priority: '{{status}}',
  tags: 'ci,{{job.name}}',
  url: 'https://ci.example/{{job.id}}',
  key: 'job/{{job.id}}',
  example: PAYLOAD,
};

describe("the webhook door with an app's own template", () => {
  const server = useServer();
  let admin: string;
  let key: string;

  beforeAll(async () => {
    admin = await server.signIn();
    key = await appWith('ci', { ci: CI });
  });

  /** An app with these templates. @returns its key */
  async function appWith(name: string, templates: Record<string, object>, fields: object = {}): Promise<string> {
    const app = await server.createApp(admin, { name, audience: ['user:admin'], ...fields });
    for (const [template, draft] of Object.entries(templates)) {
      const path = `/api/apps/${app.id}/templates/${template}`;
      expect((await server.request('PUT', path, admin, { ...CI, ...draft })).status).toBe(200);
    }
    return app.key;
  }

  function push(template: string, body: unknown, headers: Record<string, string> = {}, withKey = key): Promise<Answer> {
    const isForm = body instanceof FormData;
    const type: Record<string, string> = isForm ? {} : { 'Content-Type': 'application/json' };
    const sent = { method: 'POST', headers: { ...type, ...headers }, body: isForm ? body : JSON.stringify(body) };
    return server.fetch(`/hooks/${withKey}/${template}`, sent);
  }

  test('makes a notification of a webhook, which replaces the one before', async () => {
    const first = await push('ci', PAYLOAD);
    const stored = await server.newest(admin);
    expect([first.status, first.body]).toEqual([200, { id: stored.id }]);
    expect(stored).toMatchObject({
      ...{ sender: 'ci', title: 'nightly failed', message: 'build: ok\ntest: größe ≠ 3', priority: 'high' },
      ...{ tags: ['ci', 'nightly'], url: 'https://ci.example/7', key: 'job/7' },
    });
    expect(stored).not.toHaveProperty('data');
    await push('ci', formOf({ payload: JSON.stringify({ ...PAYLOAD, status: 'ok' }) }));
    expect(await server.newest(admin)).toMatchObject({ title: 'nightly ok', priority: 'low', replaces: stored.id });
  });

  test('has the defaults of the app, and the title as the message, where nothing is rendered', async () => {
    const templates = {
      bare: { ...CI, title: '{{a}}', message: '{{b}}', priority: '', tags: '{{c}}', url: '', key: '' },
    };
    const defaults = { category: 'ops', defaultPriority: 'low', tags: ['disk'] };
    const bare = await appWith('bare', templates, defaults);
    await push('bare', { a: 'A' }, {}, bare);
    expect(await server.newest(admin)).toMatchObject({ title: 'A', message: 'A', priority: 'low', tags: ['disk'] });
    await push('bare', { b: 'B' }, {}, bare);
    expect(await server.newest(admin)).toMatchObject({ title: 'bare', message: 'B', category: 'ops' });
    expect(codesOf(await push('bare', {}, {}, bare))).toEqual([400, 'invalid_request', 'renders_blank']);
  });

  test('says in its data what was cut and dropped', async () => {
    const payload = { ...PAYLOAD, job: { id: 'a b', name: 'n'.repeat(300) }, status: 'soon' };
    await push('ci', payload);
    const { title, url, data } = await server.newest(admin);
    expect([title.length, url, data]).toEqual([
      200,
      undefined,
      { cut: ['title'], dropped: ['priority', 'tags', 'url'] },
    ]);
  });

  test('shows values of a payload as they are in the Markdown of an app', async () => {
    const markdown = await appWith('md', { md: { message: '**{{status}}** {{{status}}}' } }, { markdown: true });
    await push('md', { status: '[x](https://evil.example) *y*' }, {}, markdown);
    expect(await server.newest(admin)).toMatchObject({
      message: String.raw`**\[x\]\(https\://evil.example\) \*y\*** [x](https://evil.example) *y*`,
      markdown: true,
    });
  });

  test('makes one notification of a repeated delivery', async () => {
    const send = (id: string, status: string) => push('ci', { ...PAYLOAD, status }, { 'X-GitHub-Delivery': id });
    const answers = [await send('1', 'a'), await send('1', 'a'), await send('2', 'a'), await send('1', 'b')];
    const ids = answers.map(({ body }) => (body as { id: string }).id);
    expect([ids[1], new Set(ids).size]).toEqual([ids[0], 3]);
  });

  test('ends a template that would visit billions of parts, and says so', async () => {
    const nested = '{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{b}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}';
    const loop = await appWith('loop', { loop: { title: 'Loop', message: `Start ${nested} end` } });
    await push('loop', { a: Array(10_000).fill(1) }, {}, loop);
    expect(await server.newest(admin)).toMatchObject({ title: 'Loop', message: 'Start', data: { cut: ['message'] } });
  });

  test('reads the template as it is now, until it is removed', async () => {
    const { id, key: changing } = await server.createApp(admin, { name: 'changing', audience: ['user:admin'] });
    const path = `/api/apps/${id}/templates/ci`;
    expect(codesOf(await push('ci', PAYLOAD, {}, changing))).toEqual([404, 'unknown_path']);
    for (const title of ['first', 'second']) {
      await server.request('PUT', path, admin, { ...CI, title });
      await push('ci', PAYLOAD, {}, changing);
      expect(await server.newest(admin)).toMatchObject({ title, sender: 'changing' });
    }
    await server.request('DELETE', path, admin);
    expect(codesOf(await push('ci', PAYLOAD, {}, changing))).toEqual([404, 'unknown_path']);
  });

  test('goes before one of the same name that a later version of Herald has', async () => {
    const { id, key: older } = await server.createApp(admin, {
      name: 'older',
      audience: ['user:admin'],
      secret: 'a secret',
    });
    const { templates } = server.app.get(Store, { strict: false });
    const limits = { count: 1, countOfAll: Infinity };
    await templates.put(id, { ...CI, name: 'github', changedAt: new Date().toISOString() }, limits);
    expect((await push('github', PAYLOAD, { 'X-Gitlab-Token': 'a secret' }, older)).status).toBe(200);
    expect(await server.newest(admin)).toMatchObject({ sender: 'older', title: 'nightly failed' });
  });

  test('does not read the template of another app', async () => {
    const other = await appWith('other', {});
    expect(codesOf(await push('ci', PAYLOAD, {}, other))).toEqual([404, 'unknown_path']);
  });

  describe('of an app with a secret', () => {
    const SECRET = 'a long secret';
    const hmac = createHmac('sha256', SECRET).update(JSON.stringify(PAYLOAD)).digest('hex');
    let signed: string;

    beforeAll(async () => {
      signed = await appWith('signed', { ci: CI }, { secret: SECRET });
    });

    test.each([
      ['X-Hub-Signature-256', `sha256=${hmac}`],
      ['Sentry-Hook-Signature', hmac],
      ['X-Gitlab-Token', SECRET],
    ])('takes a webhook that proves it by %s', async (header, value) => {
      expect((await push('ci', PAYLOAD, { [header]: value }, signed)).status).toBe(200);
    });

    test.each<Record<string, string>>([
      {},
      { 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` },
      { 'X-Gitlab-Token': '' },
    ])('refuses a webhook with the proof %j', async (headers) => {
      const before = await server.newest(admin);
      expect(codesOf(await push('ci', PAYLOAD, headers, signed))).toEqual([401, 'invalid_token']);
      expect((await server.newest(admin)).id).toBe(before.id);
    });
  });
});
