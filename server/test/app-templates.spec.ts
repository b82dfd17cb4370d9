import { type AppTemplate, type AppTemplateDraft, TEMPLATE_EXAMPLE_MAX_BYTES, TEMPLATES_MAX } from '@herald/protocol';
import { type Answer, codesOf, useFreshServer } from './running-server.js';

const DRAFT: AppTemplateDraft = {
  title: '{{job}} {{state}}',
  message: '{{#steps}}{{name}}: {{result}}\n{{/steps}}',
  priority: '{{state}}',
  key: 'ci/{{job}}',
  example: { job: 'nightly', state: 'failed', steps: [{ name: 'build', result: '*ok*' }] },
};

describe('templates of an app', () => {
  const server = useFreshServer();
  let ada: string;
  let path: string;

  beforeEach(async () => {
    await server.createUser('ada');
    ada = await server.signIn('ada');
    const { id } = await server.createApp(ada, { name: 'ci', audience: ['user:ada'], tags: ['hammer'] });
    path = `/api/apps/${id}/templates`;
  });

  const put = (name: string, fields: object = {}, token = ada): Promise<Answer> =>
    server.request('PUT', `${path}/${name}`, token, { ...DRAFT, ...fields });
  const preview = (fields: object = {}): Promise<Answer> =>
    server.post(`${path}/preview`, { ...DRAFT, ...fields }, ada);

  test('are created, replaced, listed without their examples, and removed', async () => {
    const { status, body } = await put('nightly');
    expect([status, body]).toEqual([200, { ...DRAFT, name: 'nightly', changedAt: expect.any(String) }]);
    const changed = { ...DRAFT, title: 'changed' };
    await put('nightly', { title: 'changed', tags: ' ', url: '' });
    await put('a');
    const { example, ...summary } = { ...changed, name: 'nightly', changedAt: expect.any(String) };
    expect((await server.get(path, ada)).body).toEqual({ items: [expect.objectContaining({ name: 'a' }), summary] });
    expect((await server.get(`${path}/nightly`, ada)).body).toEqual({ ...summary, example });
    expect((await server.request('DELETE', `${path}/nightly`, ada)).status).toBe(204);
    expect((await server.get(path, ada)).body).toMatchObject({ items: [{ name: 'a' }] });
  });

  const putExpecting = (name: string, headers: Record<string, string>, fields: object = {}): Promise<Answer> =>
    server.fetch(`${path}/${name}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${ada}`, ...headers },
      body: JSON.stringify({ ...DRAFT, ...fields }),
    });

  test('are created with If-None-Match: * only where there is none', async () => {
    expect((await putExpecting('nightly', { 'If-None-Match': '*' })).status).toBe(200);
    const { status, body } = await putExpecting('nightly', { 'If-None-Match': '*' }, { title: 'changed' });
    expect([status, body]).toMatchObject([
      409,
      { code: 'template_exists', details: [{ field: 'name', code: 'template_exists' }] },
    ]);
    expect((await server.get(`${path}/nightly`, ada)).body).toMatchObject({ title: DRAFT.title });
  });

  test('are replaced with If-Match only if nobody has changed them since', async () => {
    const first = (await put('nightly')).body as AppTemplate;
    const ifFirst = { 'If-Match': `"${first.changedAt}"` };
    const { status, body } = await putExpecting('nightly', ifFirst, { title: 'second' });
    expect([status, body]).toMatchObject([200, { title: 'second' }]);
    expect((body as AppTemplate).changedAt > first.changedAt).toBe(true);
    expect(codesOf(await putExpecting('nightly', ifFirst, { title: 'third' }))).toEqual([409, 'template_changed']);
    expect((await server.get(`${path}/nightly`, ada)).body).toEqual(body);
    await server.request('DELETE', `${path}/nightly`, ada);
    expect(codesOf(await putExpecting('nightly', ifFirst))).toEqual([404, 'unknown_template']);
  });

  test.each<[Record<string, string>, string]>([
    [{ 'If-None-Match': '"2026-01-31T08:00:00.000Z"' }, 'not_one_of'],
    [{ 'If-Match': '2026-01-31T08:00:00.000Z' }, 'not_an_instant'],
    [{ 'If-Match': '*' }, 'not_an_instant'],
    [{ 'If-Match': '"a"', 'If-None-Match': '*' }, 'excluded'],
  ])('are not stored with %j', async (headers, code) => {
    expect(codesOf(await putExpecting('nightly', headers))).toEqual([400, 'invalid_request', code]);
    expect((await server.get(path, ada)).body).toEqual({ items: [] });
  });

  test('are managed by administrators, too, and unknown to all others', async () => {
    const admin = await server.signIn();
    expect((await put('nightly', {}, admin)).status).toBe(200);
    await server.createUser('bob');
    const bob = await server.signIn('bob');
    for (const [method, at, body] of [
      ['GET', '', undefined],
      ['GET', '/nightly', undefined],
      ['PUT', '/nightly', DRAFT],
      ['POST', '/preview', DRAFT],
      ['DELETE', '/nightly', undefined],
    ] as const) {
      expect([method, ...codesOf(await server.request(method, path + at, bob, body))]).toEqual([
        ...[method, 404, 'unknown_app'],
      ]);
    }
    for (const method of ['GET', 'DELETE']) {
      expect(codesOf(await server.request(method, `${path}/other`, ada))).toEqual([404, 'unknown_template']);
    }
  });

  test.each<[string, object, string]>([
    ['without a title', { title: undefined }, 'required'],
    ['with an empty message', { message: '' }, 'blank'],
    ['with a long title', { title: 'x'.repeat(1001) }, 'too_long'],
    ['with a list as its example', { example: [] }, 'not_an_object'],
    ['with a large example', { example: { a: 'é'.repeat(TEMPLATE_EXAMPLE_MAX_BYTES / 2) } }, 'data_too_large'],
    ['with another field', { name: 'x' }, 'unknown_field'],
    ['with a partial', { url: '{{> other}}' }, 'unsupported_tag'],
  ])('are refused %s, by put and by preview', async (_, fields, code) => {
    expect(codesOf(await put('nightly', fields))).toEqual([400, 'invalid_request', code]);
    expect(codesOf(await preview(fields))).toEqual([400, 'invalid_request', code]);
    expect((await server.get(path, ada)).body).toEqual({ items: [] });
  });

  test('are refused with the fault and its position in each field', async () => {
    const { body } = await put('nightly', { message: 'a {{#steps}}', key: '{{job}} {{' });
    expect(body).toMatchObject({
      details: [
        { field: 'message', code: 'unclosed_section', params: { name: 'steps', position: 2 } },
        { field: 'key', code: 'unclosed_tag', params: { position: 8 } },
      ],
    });
  });

  test.each([
    ['github', 'built_in_template'],
    ['Nightly', 'not_a_template_name'],
    ['n'.repeat(41), 'not_a_template_name'],
    ['a%2Fb', 'not_a_template_name'],
  ])('can’t have the name %s', async (name, code) => {
    expect(codesOf(await put(name))).toEqual([400, 'invalid_request', code]);
  });

  test('can have the names of methods', async () => {
    expect(codesOf(await server.get(`${path}/constructor`, ada))).toEqual([404, 'unknown_template']);
    expect((await put('constructor')).status).toBe(200);
  });

  test('have a limit in each app', async () => {
    for (let n = 0; n < TEMPLATES_MAX; n++) expect((await put(`t${n}`)).status).toBe(200);
    const { status, body } = await put('one-more');
    expect([status, body]).toMatchObject([409, { code: 'too_many_templates', params: { max: TEMPLATES_MAX } }]);
    expect((await put('t0')).status).toBe(200);
  });

  test('are not for an app that reads', async () => {
    const { id } = await server.createApp(ada, { name: 'reader', scope: 'read' });
    path = `/api/apps/${id}/templates`;
    expect(codesOf(await put('nightly'))).toEqual([400, 'invalid_request', 'excluded']);
  });

  test('show the notification of their example, and store nothing', async () => {
    const before = await server.newest(ada);
    const { status, body } = await preview();
    expect([status, body]).toEqual([
      200,
      {
        title: 'nightly failed',
        message: 'build: *ok*',
        priority: 'high',
        category: 'general',
        markdown: false,
        tags: ['hammer'],
        key: 'ci/nightly',
      },
    ]);
    expect(await server.newest(ada)).toEqual(before);
    expect((await server.get(path, ada)).body).toEqual({ items: [] });
  });

  test('show what is cut and dropped, and Markdown if the app sends it', async () => {
    await server.request('PATCH', path.replace('/templates', ''), ada, { markdown: true });
    const { body } = await preview({ title: 'x'.repeat(300), priority: 'soon', url: 'ftp://a.example' });
    expect(body).toMatchObject({
      message: String.raw`build: \*ok\*`,
      markdown: true,
      priority: 'medium',
      data: { cut: ['title'], dropped: ['priority', 'url'] },
    });
  });

  test('say that nothing is left to show', async () => {
    const blank = { title: '{{missing}}', message: '{{missing}}' };
    expect(codesOf(await preview(blank))).toEqual([400, 'invalid_request', 'renders_blank']);
    expect((await put('nightly', blank)).status).toBe(200);
  });
});
