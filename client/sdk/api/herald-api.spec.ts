import type { NotificationDraft } from '@herald/protocol';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeraldApi, type HeraldRequest } from './herald-api.ts';
import { HeraldError } from './herald-error.ts';

const DRAFT: NotificationDraft = { title: 'Deploy', message: 'Done.', priority: 'low', category: 'deploy' };
const REFUSAL = {
  statusCode: 429,
  error: 'Too Many Requests',
  code: 'too_many_sends',
  message: 'Too many notifications were sent',
  params: { seconds: 3 },
};

describe('HeraldApi', () => {
  let respond: (response: ServerResponse) => void;
  const requests: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      respond(response);
    });
  });
  let server: string;
  let api: HeraldApi;

  beforeAll(async () => {
    await once(http.listen(0, '127.0.0.1'), 'listening');
    server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    api = new HeraldApi({ server, token: () => Promise.resolve('a token') });
  });

  beforeEach(() => {
    requests.length = 0;
    respond = (response) => response.end('{"id":"1"}');
  });

  afterAll(() => http.close());

  const failure = (asked: Promise<unknown>): Promise<HeraldError> =>
    asked.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: unknown) => error as HeraldError,
    );

  test('asks with the token, and answers with the parsed body', async () => {
    expect(await api.one('a/b')).toEqual({ id: '1' });
    expect(requests[0]).toMatchObject({
      line: 'GET /api/notifications/a%2Fb',
      headers: { authorization: 'Bearer a token' },
    });
  });

  test('asks without a token where there is none', async () => {
    await new HeraldApi({ server }).info();
    await new HeraldApi({ server, token: () => null }).me();
    expect(requests.map(({ line }) => line)).toEqual(['GET /api/info', 'GET /api/auth/me']);
    for (const { headers } of requests) expect(headers).not.toHaveProperty('authorization');
  });

  test('asks by the given fetch, with a signal that ends the request', async () => {
    const asked: [string, HeraldRequest][] = [];
    const given = new HeraldApi({
      server,
      token: () => 'a token',
      fetch: (...request) => {
        asked.push(request);
        return fetch(...request);
      },
    });
    await given.saveFilters([]);
    expect(asked).toEqual([
      [
        `${server}/api/preferences/filters`,
        {
          method: 'PUT',
          headers: { Authorization: 'Bearer a token', 'Content-Type': 'application/json' },
          body: '{"filters":[]}',
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  test('asks the browser to complete a removal even if its page is closed', async () => {
    const asked: HeraldRequest[] = [];
    const given = new HeraldApi({
      server,
      fetch: (url, request) => {
        asked.push(request);
        return fetch(url, request);
      },
    });
    respond = (response) => response.writeHead(204).end();
    await given.retract('1');
    respond = (response) => response.end('{}');
    await given.info();
    expect(asked.map(({ keepalive }) => keepalive)).toEqual([true, undefined]);
  });

  test('resolves without a value when the answer has no body', async () => {
    respond = (response) => response.writeHead(204).end();
    await expect(api.retract('1')).resolves.toBeUndefined();
    expect(requests[0]).toMatchObject({ line: 'DELETE /api/notifications/1', body: '' });
  });

  test('leaves out a cursor that is null', async () => {
    await api.sent(null);
    await api.scheduled('a b');
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /api/notifications/sent',
      'GET /api/notifications/scheduled?after=a+b',
    ]);
  });

  test('reads accounts in pages, and tells whether there may be more', async () => {
    const accounts = Array.from({ length: 51 }, (_, n) => ({ username: `u${n}`, roles: [], topics: [] }));
    const pages = [accounts.slice(0, 50), accounts.slice(50)];
    respond = (response) => response.end(JSON.stringify(pages.shift()));
    expect(await api.accounts('', null)).toEqual({ items: accounts.slice(0, 50), hasMore: true });
    expect(await api.accounts('u', 'u49')).toEqual({ items: accounts.slice(50), hasMore: false });
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /api/users?limit=50',
      'GET /api/users?limit=50&q=u&after=u49',
    ]);
  });

  test('reads, adds, changes, rotates and removes apps', async () => {
    await api.apps(null);
    await api.apps('7');
    await api.app(8);
    await api.addApp({ name: 'backup', scope: 'send', audience: ['user:ada'] });
    await api.changeApp(8, { category: null });
    await api.rotateApp(8);
    await api.rotateApp(8, 'current');
    await api.removeApp(8);
    expect(requests.map(({ line, body }) => `${line} ${body}`.trim())).toEqual([
      'GET /api/apps',
      'GET /api/apps?after=7',
      'GET /api/apps/8',
      'POST /api/apps {"name":"backup","scope":"send","audience":["user:ada"]}',
      'PATCH /api/apps/8 {"category":null}',
      'POST /api/apps/8/rotate',
      'POST /api/apps/8/rotate {"replaces":"current"}',
      'DELETE /api/apps/8',
    ]);
  });

  test('makes any other request, with headers where some are given', async () => {
    await api.ask('GET', '/api/apps/8/templates');
    await api.ask('PUT', '/api/apps/8/templates/ci', { title: 't' }, { 'If-None-Match': '*' });
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '*']);
    expect(requests.map(({ line, body }) => `${line} ${body}`.trim())).toEqual([
      'GET /api/apps/8/templates',
      'PUT /api/apps/8/templates/ci {"title":"t"}',
    ]);
  });

  test('encodes a filter and a cursor', async () => {
    await api.page({ view: 'archived', priority: ['high', 'low'], q: 'a b', unread: true }, 'cursor', 50);
    const query = new URL(requests[0]!.line.slice(4), server).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      limit: '50',
      before: 'cursor',
      view: 'archived',
      priority: 'high,low',
      q: 'a b',
      unread: 'true',
    });
  });

  test('sends one notification or several, with a key where one is given', async () => {
    await api.send(DRAFT, 'deploy-42');
    await api.sendAll([DRAFT, DRAFT]);
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['deploy-42', undefined]);
    expect(requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([DRAFT, [DRAFT, DRAFT]]);
  });

  test('signs in without a token', async () => {
    await api.signIn('ada', 'correct horse');
    expect(requests[0]).toMatchObject({
      line: 'POST /api/auth/login',
      body: '{"username":"ada","password":"correct horse"}',
    });
    expect(requests[0]!.headers).not.toHaveProperty('authorization');
  });

  test('rejects with the refusal, and when to try again', async () => {
    respond = (response) => response.writeHead(429, { 'Retry-After': '3' }).end(JSON.stringify(REFUSAL));
    const error = await failure(api.send(DRAFT));
    expect(error).toBeInstanceOf(HeraldError);
    expect(error).toMatchObject({
      status: 429,
      code: 'too_many_sends',
      message: REFUSAL.message,
      answer: REFUSAL,
      retryAfterSeconds: 3,
    });
    expect([error.isFinal, api.isRefused(error)]).toEqual([false, false]);
  });

  test.each([
    [400, true],
    [401, true],
    [409, true],
    [429, false],
    [500, false],
    [503, false],
  ])('says whether another try after %i is in vain: %s', async (status, isFinal) => {
    respond = (response) => response.writeHead(status).end(JSON.stringify({ ...REFUSAL, statusCode: status }));
    expect(api.isRefused(await failure(api.one('1')))).toBe(isFinal);
  });

  test('rejects with the status of an answer that Herald did not write', async () => {
    respond = (response) => response.writeHead(502).end('<h1>Bad gateway</h1>');
    const error = await failure(api.one('1'));
    expect([error.status, error.code, error.message]).toEqual([502, undefined, 'The server answered 502']);
  });

  test('rejects with the status of a page that a proxy gives as the answer', async () => {
    respond = (response) => response.end('<h1>Welcome to the hotel</h1>');
    const error = await failure(api.one('1'));
    expect([error.status, error.isFinal]).toEqual([200, false]);
  });

  test('rejects with status 0 if the answer breaks off', async () => {
    respond = (response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('{', () => response.destroy());
    };
    expect(await failure(api.one('1'))).toMatchObject({ status: 0, message: 'The server did not answer' });
  });

  test('rejects with status 0 and the cause if there is no answer', async () => {
    respond = (response) => response.destroy();
    const error = await failure(api.one('1'));
    expect([error.status, error.message, error.isFinal]).toEqual([0, 'The server did not answer', false]);
    expect(error.cause).toMatchObject({ name: 'TypeError' });
  });
});
