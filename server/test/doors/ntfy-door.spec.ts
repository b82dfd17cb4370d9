import type { Notification, ScheduledNotification } from '@herald/protocol';
import { newAppKey } from '../../src/auth/app-key.js';
import { type Answer, basic, USER_PASSWORD, useServer } from '../running-server.js';
import { sendRaw } from './send-raw.js';

type Expected = Partial<Notification>;

describe('the ntfy door', () => {
  const server = useServer();
  let admin: string;
  let key: string;
  let keyOfMarkdown: string;

  beforeAll(async () => {
    admin = await server.signIn();
    await server.request('PUT', '/api/auth/me/topics/builds', admin);
    const app = { name: 'ci', audience: ['topic:builds', 'topic:other'], category: 'ops', defaultPriority: 'low' };
    ({ key } = await server.createApp(admin, app));
    const markdown = { name: 'wiki', audience: ['topic:builds'], markdown: true };
    keyOfMarkdown = (await server.createApp(admin, markdown)).key;
  });

  /** @param headers bytes as Latin-1 */
  function publish(body: string | Buffer, headers: Record<string, string> = {}, path = '/builds'): Promise<Answer> {
    return sendRaw(server, 'POST', path, { Authorization: `Bearer ${key}`, ...headers }, body);
  }

  /** Bytes of UTF-8 as the characters that Node writes them from. */
  const bytes = (text: string): string => Buffer.from(text).toString('latin1');
  const SENT = { sender: 'ci', audience: ['topic:builds'], category: 'ops', title: 'builds', message: 'm' };
  const view = (label: string, url = 'https://a.example/') => ({ label, url });
  const low = (n: number): Expected => ({ priority: 'low', data: { ntfy: { priority: n } } });

  const ROWS: [string, Record<string, string>, Expected][] = [
    ['nothing but a text: title of the topic, priority of the app', {}, { priority: 'low' }],
    ['X-Title', { 'X-Title': 'T' }, { title: 'T' }],
    ['Title', { Title: 'T' }, { title: 'T' }],
    ['t', { t: 'T' }, { title: 'T' }],
    ['a title in bytes of UTF-8', { Title: bytes('Größe 🎉') }, { title: 'Größe 🎉' }],
    ['a title in Latin-1', { Title: 'Größe' }, { title: 'Größe' }],
    [
      'a title of RFC 2047 in base64',
      { Title: '=?UTF-8?B?R3LDtsOfZQ==?= =?utf-8?b?IPCfjok=?=' },
      { title: 'Größe 🎉' },
    ],
    ['a title of RFC 2047 in Q', { Title: '=?iso-8859-1?q?Gr=F6=DFe_1?=' }, { title: 'Größe 1' }],
    ['priority 1', { 'X-Priority': '1' }, low(1)],
    ['priority low', { prio: 'LOW' }, low(2)],
    ['priority min', { p: 'min' }, low(1)],
    ['priority 3', { Priority: '3' }, { priority: 'medium', data: { ntfy: { priority: 3 } } }],
    ['priority default', { Priority: 'default' }, { priority: 'medium', data: { ntfy: { priority: 3 } } }],
    ['priority high', { Priority: 'High' }, { priority: 'high', data: { ntfy: { priority: 4 } } }],
    ['priority urgent', { Priority: 'urgent' }, { priority: 'high', data: { ntfy: { priority: 5 } } }],
    ['a priority of HTTP, which is ignored', { Priority: 'u=3, i' }, { priority: 'low' }],
    [
      'an unknown priority, which is dropped',
      { 'X-Priority': '9' },
      { priority: 'low', data: { dropped: ['priority'] } },
    ],
    ['tags', { Tags: 'tada, skull' }, { tags: ['tada', 'skull'] }],
    ['tags of several words, which are dropped', { ta: 'a b,ok' }, { tags: ['ok'], data: { dropped: ['tags'] } }],
    [
      'more than eight tags',
      { tag: '1,2,3,4,5,6,7,8,9' },
      { tags: Array.from('12345678'), data: { dropped: ['tags'] } },
    ],
    ['a click', { Click: 'https://a.example/1' }, { url: 'https://a.example/1' }],
    ['a click without http', { 'X-Click': 'mailto:a@b.example' }, { data: { click: 'mailto:a@b.example' } }],
    ['an action', { Actions: 'view, Open, https://a.example/, clear=true' }, { actions: [view('Open')] }],
    ['an action in quotes', { Action: 'view, "A, b; c", url=\'https://a.example/\'' }, { actions: [view('A, b; c')] }],
    [
      'actions in JSON',
      { 'X-Actions': '[{"action":"view","label":"Open","url":"https://a.example/"},{"action":"copy","label":"C"}]' },
      { actions: [view('Open')], data: { dropped: ['actions'] } },
    ],
    [
      'a call, of which the button stays',
      { Actions: 'http, Stop, https://a.example/stop, method=PUT; broadcast, B' },
      { actions: [{ label: 'Stop', event: 'http' }], data: { dropped: ['actions', 'actions.http'] } },
    ],
    ['broken actions', { Actions: '[{' }, { data: { dropped: ['actions'] } }],
    ['X-Markdown', { 'X-Markdown': 'yes' }, { markdown: true }],
    ['md', { md: '1' }, { markdown: true }],
    ['the type of Markdown', { 'Content-Type': 'text/markdown' }, { markdown: true }],
    ['an icon', { Icon: 'https://a.example/i.png' }, { data: { icon: 'https://a.example/i.png' } }],
    [
      'an attached address',
      { Attach: 'https://a.example/f', Filename: 'f.txt' },
      { actions: [view('f.txt', 'https://a.example/f')] },
    ],
    [
      'an address of mail and a call, which are dropped',
      { Email: 'a@b.example', 'X-Call': 'yes' },
      { data: { dropped: ['email', 'call'] } },
    ],
    ['a template, which is dropped', { Template: 'github' }, { data: { dropped: ['template'] } }],
    ['other headers of ntfy', { Firebase: 'no', 'X-UnifiedPush': '1', 'X-Poll-ID': 'x' }, {}],
    ['a delay in the past', { At: '1600000000' }, {}],
    ['a sequence', { 'X-Sequence-ID': 'job' }, { key: 'builds/job' }],
  ];

  test.each(ROWS)('takes %s', async (_, headers, expected) => {
    const { status, body } = await publish(' m\n', headers);
    const stored = await server.newest(admin);
    expect([status, (body as { id: string }).id]).toEqual([200, stored.id.replaceAll('-', '')]);
    expect(stored).toMatchObject({ ...SENT, ...expected });
    const { data, tags, actions, markdown, url } = expected;
    expect([stored.data, stored.tags, stored.actions, stored.markdown, stored.url]).toEqual([
      data,
      tags,
      actions,
      markdown,
      url,
    ]);
  });

  test.each<[string, string, Record<string, string>, Expected]>([
    ['as Markdown', 'm', {}, { markdown: true }],
    ['as plain text if a header says so', 'm', { 'X-Markdown': 'no' }, {}],
    ['as plain text if it nests too deep', '>'.repeat(30), {}, { data: { dropped: ['markdown'] } }],
  ])('takes a message of an app that sends Markdown %s', async (_, message, headers, expected) => {
    const { status } = await publish(message, { Authorization: `Bearer ${keyOfMarkdown}`, ...headers });
    expect(status).toBe(200);
    const { sender, markdown, data } = await server.newest(admin);
    expect([sender, markdown, data]).toEqual(['wiki', expected.markdown, expected.data]);
  });

  test('publishes to every topic that ntfy allows', async () => {
    const topic = `-_${'x'.repeat(62)}`;
    await server.request('PUT', `/api/auth/me/topics/${topic}`, admin);
    const { key: ofTopic } = await server.createApp(admin, { name: 'long', audience: [`topic:${topic}`] });
    const { status, body } = await publish('m', { Authorization: `Bearer ${ofTopic}` }, `/${topic}`);
    expect([status, body]).toMatchObject([200, { topic }]);
    expect((await server.newest(admin)).audience).toEqual([`topic:${topic}`]);
  });

  test('lets a message with Cache: no expire after a minute', async () => {
    await publish('m', { Cache: 'no' });
    const { expiresAt, createdAt } = await server.newest(admin);
    expect(Math.round((Date.parse(expiresAt!) - Date.parse(createdAt)) / 1000)).toBe(60);
  });

  test.each<[string, number]>([
    ['30min', 1800],
    ['1h 30m', 5400],
    ['2 days', 172_800],
    ['10s', 10],
  ])('plans a message that is delayed by %s', async (delay, seconds) => {
    const now = (): number => Math.floor(Date.now() / 1000);
    const before = now();
    const { status, body } = await publish('later', { Delay: delay });
    const sentAt = (body as { time: number }).time - seconds;
    expect(status).toBe(200);
    expect(sentAt).toBeGreaterThanOrEqual(before);
    expect(sentAt).toBeLessThanOrEqual(now());
  });

  test('plans a message for an instant, in seconds since 1970 or by RFC 3339', async () => {
    const at = Math.floor(Date.now() / 1000) + 3600;
    for (const delay of [String(at), new Date(at * 1000).toISOString()]) {
      expect((await publish('later', { In: delay })).body).toMatchObject({ time: at });
    }
    const { body } = await server.get('/api/notifications/scheduled', admin);
    const { items } = body as { items: ScheduledNotification[] };
    expect(items.filter(({ deliverAt }) => Date.parse(deliverAt) === at * 1000)).toHaveLength(2);
  });

  test.each<[string, string, string | Buffer, Record<string, string>, Expected]>([
    ['of a form', '', 'a=b&c', { 'Content-Type': 'application/x-www-form-urlencoded' }, { message: 'a=b&c' }],
    ['of plain text', '', 'größer 🎉', { 'Content-Type': 'text/plain' }, { message: 'größer 🎉' }],
    ['of JSON, which is a text here', '', '{"a":1}', { 'Content-Type': 'application/json' }, { message: '{"a":1}' }],
    ['in Latin-1', '', Buffer.from('größer', 'latin1'), {}, { message: 'größer' }],
    ['that is empty', '', '', {}, { message: 'triggered' }],
    ['in a header', '', '', { Message: String.raw`a\nb` }, { message: 'a\nb' }],
    ['in the query', '?message=q&t=T&PRIORITY=5', '', {}, { message: 'q', title: 'T', priority: 'high' }],
    ['before that of a header', '', 'body', { Message: 'header' }, { message: 'body' }],
    ['of a text file', '', 'long text', { Filename: 'log.txt', Message: 'm' }, { message: 'm\n\nlong text' }],
    ['of 4,001 characters', '', 'x'.repeat(4001), {}, { message: `${'x'.repeat(3999)}…`, data: { cut: ['message'] } }],
  ])('takes a body %s', async (_, query, body, headers, expected) => {
    expect((await publish(body, headers, `/builds${query}`)).status).toBe(200);
    expect(await server.newest(admin)).toMatchObject(expected);
  });

  const JSON_BODY = {
    topic: 'builds',
    message: 'm',
    title: 'T',
    priority: 4,
    tags: ['a'],
    click: 'https://a.example/',
  };

  test.each(['/', '/ntfy', '/ntfy/'])('takes JSON at %s, whatever its type says, merged with headers', async (path) => {
    const actions = [{ action: 'view', label: 'Open', url: 'https://a.example/' }];
    const body = JSON.stringify({ ...JSON_BODY, actions, markdown: true, icon: 'i' });
    const headers = { 'X-Title': 'not this', 'X-Icon': 'x', 'X-Sequence-ID': 's', 'Content-Type': 'text/plain' };
    const answer = await publish(body, headers, path);
    const stored = await server.newest(admin);
    expect([answer.status, (answer.body as { id: string }).id]).toEqual([200, stored.id.replaceAll('-', '')]);
    const fields = { title: 'T', priority: 'high', tags: ['a'], url: 'https://a.example/', markdown: true };
    expect(stored).toMatchObject({
      ...SENT,
      ...fields,
      actions: [view('Open')],
      key: 'builds/s',
      data: { icon: 'i' },
    });
  });

  test('takes what headers add to JSON', async () => {
    const headers = { 'X-Priority': '5', 'X-Tags': 'b', 'X-Markdown': 'yes', 'X-Click': 'https://a.example/' };
    await publish('{"topic":"builds","message":"m"}', headers, '/');
    expect(await server.newest(admin)).toMatchObject({
      priority: 'high',
      tags: ['b'],
      markdown: true,
      url: 'https://a.example/',
    });
  });

  test.each<[string, string]>([
    ['POST', '/builds'],
    ['PUT', '/builds'],
    ['POST', '/ntfy/builds'],
    ['PUT', '/ntfy/builds'],
    ...['publish', 'send', 'trigger'].flatMap((verb): [string, string][] => [
      ['GET', `/builds/${verb}`],
      ['GET', `/ntfy/builds/${verb}`],
    ]),
  ])('publishes by %s %s', async (method, path) => {
    const message = `${method} ${path}`;
    const query = `?message=${encodeURIComponent(message)}`;
    expect((await sendRaw(server, method, path + query, { Authorization: `Bearer ${key}` })).status).toBe(200);
    expect((await server.newest(admin)).message).toBe(message);
  });

  test('replaces the message of the same sequence, also by its path', async () => {
    const { body } = await publish('1 of 2', {}, '/builds/job-7');
    const first = await server.newest(admin);
    expect(first.id.replaceAll('-', '')).toBe((body as { id: string }).id);
    await publish('2 of 2', { sid: 'job-7' });
    expect(await server.newest(admin)).toMatchObject({ message: '2 of 2', key: 'builds/job-7', replaces: first.id });
  });

  test('answers as ntfy does', async () => {
    const headers = { Title: 'T', Priority: '4', Tags: 'a', Click: 'https://a.example/', Icon: 'i', md: '1' };
    const { status, body } = await publish('m', { ...headers, Actions: 'view, Open, https://a.example/' });
    const { id, createdAt } = await server.newest(admin);
    const time = Math.floor(Date.parse(createdAt) / 1000);
    const fields = { title: 'T', priority: 4, tags: ['a'], click: 'https://a.example/', icon: 'i' };
    const answer = {
      id: id.replaceAll('-', ''),
      time,
      expires: time + 43_200,
      event: 'message',
      topic: 'builds',
      message: 'm',
    };
    const actions = [{ action: 'view', label: 'Open', url: 'https://a.example/' }];
    expect([status, body]).toEqual([200, { ...answer, ...fields, content_type: 'text/markdown', actions }]);
    const { body: plain } = await publish('m');
    expect(Object.keys(plain as object).sort()).toEqual(['event', 'expires', 'id', 'message', 'time', 'topic']);
  });

  test('takes keys as bearer tokens, passwords and in the query, and names with passwords', async () => {
    await server.createUser('ada');
    await server.request('PUT', '/api/auth/me/topics/builds', await server.signIn('ada'));
    const encoded = (header: string): string => Buffer.from(header).toString('base64url');
    const ways: [string, Record<string, string>, string][] = [
      ['', { Authorization: `Bearer tk_${key}` }, 'ci'],
      ['', { Authorization: basic('', `tk_${key}`) }, 'ci'],
      [`?auth=${encoded(`Bearer ${key}`)}`, {}, 'ci'],
      [`?authorization=${encoded(basic('', key))}`, {}, 'ci'],
      ['', { Authorization: basic('ada', USER_PASSWORD) }, 'ada'],
    ];
    for (const [query, headers, sender] of ways) {
      expect((await sendRaw(server, 'POST', `/builds${query}`, headers, 'm')).status).toBe(200);
      expect(await server.newest(admin)).toMatchObject({
        sender,
        title: 'builds',
        priority: sender === 'ci' ? 'low' : 'medium',
      });
    }
  });

  test.each(['/v1/health', '/ntfy/v1/health'])('is healthy at %s', async (path) => {
    expect((await server.get(path)).body).toEqual({ healthy: true });
  });

  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  test.each<[string, string, Record<string, string>, string | Buffer, number, number]>([
    ['no key', '/builds', { Authorization: '' }, 'm', 401, 40101],
    ['an unknown key', '/builds', bearer(newAppKey()), 'm', 401, 40101],
    ['an unknown key before it reads JSON', '/', bearer(newAppKey()), '{', 401, 40101],
    ['a topic of others', '/deploys', {}, 'm', 403, 40301],
    ['a topic in JSON that is too long', '/', {}, JSON.stringify({ topic: 'x'.repeat(65) }), 400, 40009],
    ['broken JSON', '/', {}, '{', 400, 40017],
    ['JSON without a topic', '/', {}, '{"message":"m"}', 400, 40009],
    ['a delay in words', '/builds', { Delay: 'tomorrow, 9am' }, 'm', 400, 40004],
    ['a delay of years', '/builds', { Delay: '999d' }, 'm', 400, 40006],
    ['a picture', '/builds', { Filename: 'a.png' }, Buffer.from([0x89, 0x50, 0, 1, 0xff]), 400, 40014],
    ['a body of 65 KB', '/builds', {}, 'x'.repeat(66_000), 413, 41301],
  ])('refuses %s', async (_, path, headers, body, http, code) => {
    const before = await server.newest(admin);
    const answer = await publish(body, headers, path);
    expect([answer.status, answer.body]).toEqual([
      http,
      { code, http, error: expect.any(String), link: expect.stringContaining('ntfy.sh') },
    ]);
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  test.each(['/api', '/api/publish', '/docs', '/health', '/ws/x', '/gotify', '/a.b'])(
    'has no topic at %s',
    async (path) => {
      expect((await publish('m', {}, path)).body).toMatchObject({ code: 'unknown_path' });
    },
  );
});

describe('the ntfy door of a server', () => {
  const closed = useServer({ NTFY_DOOR: 'closed' });
  const below = useServer({ BASE_PATH: '/herald', TOKEN_IN_QUERY: 'refused' });

  test('does not exist if it is closed', async () => {
    for (const path of ['/', '/builds', '/ntfy/builds']) {
      expect((await closed.post(path, { message: 'm' })).body).toMatchObject({ code: 'unknown_path' });
    }
  });

  test('is below the base path, and takes no key in the query if tokens there are refused', async () => {
    const { key } = await below.createApp(await below.signIn(), { name: 'x', audience: ['topic:builds'] });
    const auth = Buffer.from(`Bearer ${key}`).toString('base64url');
    for (const path of ['/herald/builds', '/herald/ntfy/builds', '/builds']) {
      expect((await below.post(path, 'm', key)).status).toBe(200);
      expect((await below.post(`${path}?auth=${auth}`, 'm')).status).toBe(401);
    }
    expect((await below.post('/herald/', { topic: 'builds', message: 'm' }, key)).status).toBe(200);
  });
});
