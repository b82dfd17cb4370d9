import type { App, Notification } from '@herald/protocol';
import { newAppKey } from '../../src/auth/app-key.js';
import { numberOf } from '../../src/ingest/gotify/gotify-answer.js';
import { type Answer, formOf, useServer } from '../running-server.js';

const FORM = 'application/x-www-form-urlencoded';
const UNAUTHORIZED = {
  error: 'Unauthorized',
  errorCode: 401,
  errorDescription: 'you need to provide a valid access token or user credentials to access this api',
};

describe('the Gotify door', () => {
  const server = useServer();
  let admin: string;
  let app: App;
  let key: string;
  let keyOfMarkdown: string;

  beforeAll(async () => {
    admin = await server.signIn();
    const fields = {
      name: 'backup',
      audience: ['user:admin'],
      category: 'ops',
      defaultPriority: 'low',
      tags: ['disk'],
    };
    ({ key, ...app } = await server.createApp(admin, fields));
    const markdown = { name: 'wiki', audience: ['user:admin'], markdown: true };
    keyOfMarkdown = (await server.createApp(admin, markdown)).key;
  });

  function push(body: unknown, path = '/message', headers: Record<string, string> = {}): Promise<Answer> {
    const type = { 'Content-Type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return server.fetch(path, { method: 'POST', headers: { ...type, 'X-Gotify-Key': key, ...headers }, body: text });
  }

  const SENT = { sender: 'backup', audience: ['user:admin'], category: 'ops', title: 'backup', message: 'm' };
  const MARKDOWN = { 'client::display': { contentType: 'text/markdown' } };
  const PLAIN = { 'client::display': { contentType: 'text/plain' } };
  const ACTION = { 'android::action': { onReceive: { intentUrl: 'app://x' } } };
  const click = (url: string) => ({ 'client::notification': { click: { url } } });

  test.each<[string, object, Partial<Notification>]>([
    ['a message alone gets the title, priority and tags of the app', {}, { priority: 'low', tags: ['disk'] }],
    ['a title is that of the notification', { title: 'Größe 🎉' }, { title: 'Größe 🎉' }],
    ['a blank title becomes the name of the app', { title: ' ' }, { title: 'backup' }],
    ['fields of the command line are ignored', { id: 0, appid: 0, date: '0001-01-01T00:00:00Z' }, {}],
    ...[0, 3, -1].map((n): [string, object, Partial<Notification>] => [
      `priority ${n} is low`,
      { priority: n },
      { priority: 'low', data: { gotify: { priority: n } } },
    ]),
    ...[4, 7, '5'].map((n): [string, object, Partial<Notification>] => [
      `priority ${JSON.stringify(n)} is medium`,
      { priority: n },
      { priority: 'medium', data: { gotify: { priority: Number(n) } } },
    ]),
    ...[8, 10, 99].map((n): [string, object, Partial<Notification>] => [
      `priority ${n} is high`,
      { priority: n },
      { priority: 'high', data: { gotify: { priority: n } } },
    ]),
    ['another priority is dropped', { priority: 'x' }, { priority: 'low', data: { dropped: ['priority'] } }],
    ['the content type text/markdown makes it Markdown', { extras: MARKDOWN }, { markdown: true }],
    ['a click becomes its url', { extras: click('https://a.example/1') }, { url: 'https://a.example/1' }],
    ['a click without http is kept', { extras: click('app://1') }, { data: { extras: click('app://1') } }],
    [
      'an image is kept',
      { extras: { 'client::notification': { bigImageUrl: 'https://a.example/i.png' } } },
      { data: { image: 'https://a.example/i.png' } },
    ],
    [
      'other extras are kept',
      { extras: { ...ACTION, mine: { a: 1 } } },
      { data: { extras: { ...ACTION, mine: { a: 1 } } } },
    ],
    ['extras that are no object are dropped', { extras: 'x' }, { data: { dropped: ['extras'] } }],
    ['large extras are dropped', { extras: { mine: 'x'.repeat(9000) } }, { data: { dropped: ['extras'] } }],
    [
      'a long title and message are cut',
      { title: 't'.repeat(201), message: 'm'.repeat(4001) },
      { title: `${'t'.repeat(199)}…`, message: `${'m'.repeat(3999)}…`, data: { cut: ['title', 'message'] } },
    ],
    [
      'an emoji is not cut in half',
      { title: `${'t'.repeat(198)}🎉🎉` },
      { title: `${'t'.repeat(198)}…`, data: { cut: ['title'] } },
    ],
    [
      'characters that no text may have are removed',
      { title: 'a\u0007\u202eb', message: 'm\0\u202e\ud800' },
      { title: 'ab', message: 'm\ufffd', data: { cut: ['title', 'message'] } },
    ],
    [
      'Markdown that nests too deep is plain text',
      { message: '>'.repeat(30), extras: MARKDOWN },
      { message: '>'.repeat(30), data: { dropped: ['markdown'] } },
    ],
  ])('%s', async (_, fields, expected) => {
    const { status, body } = await push({ message: 'm', ...fields });
    const stored = await server.newest(admin);
    expect([status, (body as { id: number }).id]).toEqual([200, numberOf(stored.id)]);
    expect(stored).toMatchObject({ ...SENT, ...expected });
    expect(stored.data).toEqual(expected.data);
    expect(stored.markdown).toEqual(expected.markdown);
  });

  test.each<[string, object, Partial<Notification>]>([
    ['as Markdown', {}, { markdown: true }],
    ['as plain text if its content type says so', { extras: PLAIN }, {}],
    ['as plain text if it nests too deep', { message: '>'.repeat(30) }, { data: { dropped: ['markdown'] } }],
  ])('takes a message of an app that sends Markdown %s', async (_, fields, expected) => {
    const answer = await push({ message: 'm', ...fields }, '/message', { 'X-Gotify-Key': keyOfMarkdown });
    expect(answer.status).toBe(200);
    const { sender, markdown, data } = await server.newest(admin);
    expect([sender, markdown, data]).toEqual(['wiki', expected.markdown, expected.data]);
  });

  test('answers as Gotify does, with what was sent', async () => {
    const extras = { ...MARKDOWN, ...ACTION, ...click('https://a.example/1') };
    const { status, body } = await push({ message: 'm', title: 'T', priority: 6, extras });
    const { createdAt } = await server.newest(admin);
    const answer = {
      id: expect.any(Number),
      appid: app.id,
      message: 'm',
      title: 'T',
      priority: 6,
      extras,
      date: createdAt,
    };
    expect([status, body]).toEqual([200, answer]);
  });

  test('answers with the number of the default priority, and with ascending whole ids', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { id, priority } = (await push({ message: 'm' })).body as { id: number; priority: number };
      expect([Number.isSafeInteger(id), priority]).toEqual([true, 2]);
      ids.push(id);
    }
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  test.each(['/message', '//message', '/gotify/message', '/gotify//message'])('takes messages at %s', async (path) => {
    expect((await push({ message: path }, path)).status).toBe(200);
    expect((await server.newest(admin)).message).toBe(path);
  });

  test.each<[string, string, string | FormData | undefined, string | undefined]>([
    ['a form', '', 'title=T&message=f%C3%BCr&priority=8', FORM],
    ['a multipart form', '', formOf({ title: 'T', message: 'für', priority: '8' }), undefined],
    ['the query', '?title=T&message=f%C3%BCr&priority=8', undefined, undefined],
    ['a form and the query', '?title=T&priority=1', 'message=f%C3%BCr&priority=8', FORM],
    ['JSON in Latin-1', '', Buffer.from('{"title":"T","message":"für","priority":8}', 'latin1') as never, undefined],
  ])('takes fields in %s', async (_, query, body, type) => {
    const headers = { 'X-Gotify-Key': key, ...(type !== undefined && { 'Content-Type': type }) };
    const answer = await server.fetch(`/message${query}`, { method: 'POST', headers, body });
    const stored = await server.newest(admin);
    expect([answer.status, (answer.body as { id: number }).id]).toEqual([200, numberOf(stored.id)]);
    expect(stored).toMatchObject({ title: 'T', message: 'für', priority: 'high' });
  });

  test.each<[string, string, (key: string) => Record<string, string>]>([
    ['in the query, before any other', '?token=', () => ({ 'X-Gotify-Key': 'wrong', Authorization: 'Bearer wrong' })],
    ['in X-Gotify-Key, before Authorization', '', (one) => ({ 'X-Gotify-Key': one, Authorization: 'Bearer wrong' })],
    ['in Authorization', '', (one) => ({ Authorization: `bearer ${one}` })],
  ])('takes the key %s', async (_, query, headers) => {
    const path = `/message${query === '' ? '' : query + key}`;
    const init = { method: 'POST', headers: headers(key), body: new URLSearchParams({ message: 'm' }) };
    expect((await server.fetch(path, init)).status).toBe(200);
  });

  test('takes the token of a user with the id of one of their apps', async () => {
    const as = (token: string, appid?: number): Promise<Answer> => {
      const headers = { Authorization: `Bearer ${token}` };
      return server.fetch('/message', { method: 'POST', headers, body: JSON.stringify({ message: 'm', appid }) });
    };
    expect((await as(admin, app.id)).body).toMatchObject({ appid: app.id, title: 'backup' });
    await server.createUser('ada');
    const ada = await server.signIn('ada');
    for (const [token, id] of [
      [ada, app.id],
      [admin, undefined],
      [admin, 999],
    ] as const) {
      expect((await as(token, id)).body).toEqual(UNAUTHORIZED);
    }
  });

  test("shows the owner of a user's app, whether the key or the token of the user sends", async () => {
    await server.createUser('kim');
    const kim = await server.signIn('kim');
    const { id: appid, key: kimsKey } = await server.createApp(kim, { name: 'kims', audience: ['user:kim'] });
    for (const token of [kimsKey, kim]) {
      expect((await server.post('/message', { message: 'm', appid }, token)).status).toBe(200);
      expect(await server.newest(kim)).toMatchObject({ sender: 'kims', owner: 'kim' });
    }
  });

  test.each(['', '/gotify'])('tells its version and health at %s/', async (prefix) => {
    expect((await server.get(`${prefix}/version`)).body).toEqual({
      version: '2.6.3',
      commit: 'unknown',
      buildDate: 'unknown',
    });
    expect((await server.get(`${prefix}/health`)).body).toEqual({ health: 'green', database: 'green' });
  });

  const refusal = (errorCode: number, error: string, errorDescription: unknown = expect.any(String)) => [
    errorCode,
    { error, errorCode, errorDescription },
  ];

  test.each<[string, unknown, Record<string, string>, unknown[]]>([
    ['an unknown key', { message: 'm' }, { 'X-Gotify-Key': newAppKey() }, [401, UNAUTHORIZED]],
    ['no key', { message: 'm' }, { 'X-Gotify-Key': '' }, [401, UNAUTHORIZED]],
    ['no message', { title: 'T' }, {}, refusal(400, 'Bad Request', 'message is required')],
    ['an invisible message', { message: '\u200b ' }, {}, refusal(400, 'Bad Request', 'message is required')],
    ['broken JSON', '{"message":', {}, refusal(400, 'Bad Request')],
    ['a list', '[]', {}, refusal(400, 'Bad Request')],
    ['a nested body', `{"message":"m","extras":${'['.repeat(40)}${']'.repeat(40)}}`, {}, refusal(400, 'Bad Request')],
    ['a broken form', 'x', { 'Content-Type': 'multipart/form-data; boundary=y' }, refusal(400, 'Bad Request')],
    ['a body of 65 KB', { message: 'm'.repeat(66_000) }, {}, refusal(413, 'Payload Too Large')],
  ])('refuses %s', async (_, body, headers, expected) => {
    const before = await server.newest(admin);
    const answer = await push(body, '/message', headers);
    expect([answer.status, answer.body]).toEqual(expected);
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  test('refuses a key that reads, and one whose owner has lost the right', async () => {
    await server.createUser('eve');
    const eve = await server.signIn('eve');
    await server.request('PUT', '/api/auth/me/topics/builds', eve);
    const reader = await server.createApp(eve, { name: 'reader', scope: 'read' });
    const lost = await server.createApp(eve, { name: 'lost', audience: ['topic:builds'] });
    await server.request('DELETE', '/api/auth/me/topics/builds', eve);
    for (const one of [reader, lost]) {
      const { status, body } = await push({ message: 'm' }, '/message', { 'X-Gotify-Key': one.key });
      expect([status, body]).toEqual(refusal(403, 'Forbidden'));
    }
  });
});

describe('the Gotify door of a server', () => {
  const closed = useServer({ GOTIFY_DOOR: 'closed' });
  const below = useServer({ BASE_PATH: '/herald', TOKEN_IN_QUERY: 'refused' });

  test('does not exist if it is closed', async () => {
    for (const path of ['/message', '/gotify/message']) {
      expect((await closed.post(path, { message: 'm' })).body).toMatchObject({ code: 'unknown_path' });
    }
  });

  test('is below the base path, and takes no key in the query if tokens there are refused', async () => {
    const { key } = await below.createApp(await below.signIn(), { name: 'x', audience: ['everyone'] });
    for (const path of ['/herald/message', '/herald/gotify/message', '/message']) {
      expect((await below.post(path, { message: 'm' }, key)).status).toBe(200);
      expect((await below.post(`${path}?token=${key}`, { message: 'm' })).status).toBe(401);
    }
  });
});
