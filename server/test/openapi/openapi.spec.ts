import {
  type ConnectionPage,
  DEFAULT_PREFERENCES,
  type ErrorAnswer,
  FIELD_CODES,
  REFUSAL_CODES,
  TEMPLATES_MAX,
} from '@herald/protocol';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { UserRepository } from '../../src/repository/user-repository.js';
import { EventReader } from '../event-reader.js';
import { type Answer, DRAFT, RunningServer, useServer } from '../running-server.js';
import { IN_AN_HOUR, tokenOf } from '../token-by-hand.js';
import { FULL_APP, FULL_NOTIFICATION, FULL_TEMPLATE, IN_A_DAY } from './full-bodies.js';
import { type ApiOperation, OpenApiDocument } from './openapi-document.js';

const SENDS = ['post /api/notifications/send', 'post /api/notifications/batch'];
const UNKNOWN_ID = '01932c07-6c4e-7000-8000-000000000000';
const PASSWORD = 'correct horse';
/** Refusals under load, which only one test provokes. */
const UNDER_LOAD = ['429', '503'];

describe('the OpenAPI document', () => {
  const server = useServer();
  let document: OpenApiDocument;
  let admin: string;
  let bob: string;
  /** Checked answers, such as `get /api/info 200`. */
  const seen = new Set<string>();

  beforeAll(async () => {
    document = await OpenApiDocument.of(server);
    admin = await server.signIn();
    await server.createUser('bob');
    bob = await server.signIn('bob');
  });
  /** Sends a request, and expects the answer to match the document; the body must match too if it is accepted. */
  async function call(
    name: string,
    { params = {}, query = '', token, body, headers = {} }: Call = {},
  ): Promise<Answer> {
    const [method = '', template = ''] = name.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? UNKNOWN_ID));
    const sent = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    };
    const content = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await server.fetch(path + query, {
      method: method.toUpperCase(),
      headers: sent,
      ...(body !== undefined && { body: content }),
    });
    expect(faultsOf(name, answer)).toBe('');
    if (answer.status < 300 && body !== undefined) expect(bodyFaultsOf(name, body)).toBe('');
    if (answer.status >= 400) expectParamsOfCodes(answer.body as ErrorAnswer);
    seen.add(`${name} ${answer.status}`);
    return answer;
  }

  function bodyFaultsOf(name: string, body: unknown): string {
    const schema = document.operations.get(name)?.requestBody?.content['application/json']?.schema;
    return schema === undefined ? `${name} accepts a body that is not described` : document.faultsOf(body, schema);
  }

  function faultsOf(name: string, { status, headers, body }: Answer): string {
    const response = document.operations.get(name)?.responses[status];
    if (response === undefined) return `${name} does not say that it answers ${status}: ${JSON.stringify(body)}`;
    const schema = response.content?.['application/json']?.schema;
    const faults =
      schema === undefined ? (body === '' ? '' : 'a body that is not described') : document.faultsOf(body, schema);
    const missing = Object.entries(response.headers ?? {}).filter(
      ([header, { required }]) => required === true && !headers.has(header),
    );
    return faults || missing.map(([header]) => `${name} ${status} lacks ${header}`).join();
  }

  function expectParamsOfCodes({ code, params = {}, details = [] }: ErrorAnswer): void {
    expect([code, Object.keys(params)]).toEqual([code, REFUSAL_CODES[code]]);
    for (const fault of details)
      expect([fault.code, Object.keys(fault.params ?? {})]).toEqual([fault.code, FIELD_CODES[fault.code]]);
  }

  const operations = (has: (operation: ApiOperation) => unknown): string[] =>
    [...document.operations].filter(([, operation]) => has(operation)).map(([name]) => name);
  const hasPath =
    (name: string) =>
    ({ parameters = [] }: ApiOperation): boolean =>
      parameters.some((parameter) => parameter.in === 'path' && parameter.name === name);
  /** A body that is valid for an operation on something that there is not. */
  function bodyOf(name: string): object {
    if (name.includes('templates')) return FULL_TEMPLATE;
    if (name.includes('rotate')) return {};
    return name.includes('users') ? { roles: [] } : name.includes('apps') ? { tags: [] } : { read: true };
  }
  const tokenFor = (name: string): string | undefined =>
    document.operations.get(name)?.security?.length === 0 ? undefined : admin;

  describe('describes the answers', () => {
    test('to sign-in, renewal and sign-out', async () => {
      await call('post /api/auth/login', { body: { username: 'admin', password: 'wrong' } });
      const { body } = await call('post /api/auth/login', { body: { username: 'bob', password: PASSWORD } });
      const { access_token: token } = body as { access_token: string };
      await call('post /api/auth/refresh', { token });
      await call('post /api/auth/tickets', { token });
      await call('get /api/auth/me', { token });
      await call('put /api/auth/me/topics/{topic}', { token, params: { topic: 'builds' } });
      await call('delete /api/auth/me/topics/{topic}', { token, params: { topic: 'builds' } });
      await call('post /api/auth/logout', { token });
      for (const name of ['get /health/live', 'get /health/ready', 'get /api/info']) await call(name);
    });

    test('to the administration of accounts', async () => {
      const body = { username: 'eve', password: PASSWORD, roles: ['ops'], topics: ['builds'] };
      for (let times = 0; times < 2; times++) await call('post /api/users', { token: admin, body });
      await call('get /api/users', { token: admin });
      await call('get /api/recipients', { token: admin, query: '?q=e' });
      await call('patch /api/users/{username}', { token: admin, params: { username: 'eve' }, body: { topics: [] } });
      await call('delete /api/users/{username}', { token: admin, params: { username: 'eve' } });
    });

    test('to senders and recipients', async () => {
      await call('post /api/notifications/send', { token: bob, body: FULL_NOTIFICATION });
      const { body } = await call('post /api/notifications/send', { token: bob, body: FULL_NOTIFICATION });
      for (const name of SENDS) await call(name, { token: admin, body: [DRAFT, DRAFT] });
      const params = { id: (body as { id: string }).id, index: '0' };
      await call('get /api/notifications/{id}', { token: bob, params });
      await call('post /api/notifications/{id}/acknowledge', { token: bob, params });
      for (const index of ['0', '1'])
        await call('post /api/notifications/{id}/actions/{index}', { token: bob, params: { ...params, index } });
      await call('patch /api/notifications/{id}', { token: bob, params, body: { snoozedUntil: IN_A_DAY } });
      await call('post /api/notifications/state', { token: bob, body: { snoozedUntil: null, ids: [params.id] } });
      await call('post /api/notifications/read-all', { token: bob });
      for (const token of [bob, admin]) await call('get /api/notifications', { token, query: '?view=all&limit=2' });
      await call('get /api/notifications/sent', { token: bob, query: '?limit=1' });
      await call('get /api/notifications/{id}/receipts', { token: bob, params });
      await call('delete /api/notifications/{id}', { token: bob, params });
    });

    test('to scheduled sends and preferences', async () => {
      const { body } = await call('post /api/notifications/send', {
        token: admin,
        body: { ...DRAFT, audience: ['user:bob'], deliverAt: IN_A_DAY },
      });
      await call('get /api/notifications/scheduled', { token: admin });
      await call('delete /api/notifications/scheduled/{id}', {
        token: admin,
        params: { id: (body as { id: string }).id },
      });
      await call('get /api/preferences', { token: bob });
      const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
      for (const hours of [quietHours, null])
        await call('put /api/preferences', { token: bob, body: { ...DEFAULT_PREFERENCES, quietHours: hours } });
      await call('put /api/preferences/filters', {
        token: bob,
        body: { filters: [{ name: 'Failed', url: '/?category=builds' }] },
      });
      await call('get /api/preferences', { token: bob });
    });

    test('to the administration of apps', async () => {
      for (let times = 0; times < 2; times++) await call('post /api/apps', { token: admin, body: FULL_APP });
      const none = { category: null, defaultPriority: null, tags: [], markdown: false, expiresAt: null };
      const params = { id: '1' };
      await call('get /api/apps/{id}', { token: admin, params });
      await call('patch /api/apps/{id}', { token: admin, params, body: none });
      for (let times = 0; times < 2; times++) await call('post /api/apps/{id}/rotate', { token: admin, params });
      await call('post /api/apps/{id}/rotate', { token: admin, params, body: { replaces: 'current' } });
      await call('delete /api/apps/{id}/previous-key', { token: admin, params });
      await call('post /api/apps', { token: admin, body: { name: 'reader', scope: 'read' } });
      await call('get /api/apps', { token: admin });
      const template = { token: admin, params: { id: '1', name: 'nightly' } };
      await call('put /api/apps/{id}/templates/{name}', { ...template, body: FULL_TEMPLATE });
      const ifNone = { 'If-None-Match': '*' };
      await call('put /api/apps/{id}/templates/{name}', { ...template, body: FULL_TEMPLATE, headers: ifNone });
      await call('get /api/apps/{id}/templates/{name}', template);
      await call('get /api/apps/{id}/templates', template);
      for (const title of ['x'.repeat(300), '{{a'])
        await call('post /api/apps/{id}/templates/preview', { ...template, body: { ...FULL_TEMPLATE, title } });
      for (let n = 0; n < TEMPLATES_MAX; n++)
        await call('put /api/apps/{id}/templates/{name}', {
          ...{ token: admin, params: { id: '1', name: `t${n}` } },
          body: FULL_TEMPLATE,
        });
      await call('delete /api/apps/{id}/templates/{name}', template);
      await call('post /api/apps', { token: bob, body: { name: 'for-all', audience: ['everyone'] } });
      await call('post /api/apps', { token: bob, body: { name: 'own', audience: ['user:bob'] } });
      await call('patch /api/apps/{id}', { token: bob, params: { id: '3' }, body: { audience: ['everyone'] } });
      await call('delete /api/apps/{id}', { token: admin, params: { id: '2' } });
    });

    test('to administrators about open connections', async () => {
      const reader = await EventReader.open(server, admin);
      await reader.next('welcome');
      const { body } = await call('get /api/operations/connections', { token: admin, query: '?limit=1' });
      const { id = '' } = (body as ConnectionPage).items[0] ?? {};
      await call('get /api/operations/connections/{id}', { token: admin, params: { id } });
      reader.close();
    });

    test('to conflicts', async () => {
      const key = { 'Idempotency-Key': 'one' };
      for (const title of ['first', 'second'])
        for (const name of SENDS) await call(name, { token: admin, body: [{ ...DRAFT, title }], headers: key });
      const { id } = await server.send(admin);
      await call('post /api/notifications/{id}/acknowledge', { token: admin, params: { id } });
      const topics = Array.from({ length: 32 }, (_, n) => `t${n}`);
      await server.app.get(UserRepository, { strict: false }).update('bob', (user) => ({ ...user, topics }));
      await call('put /api/auth/me/topics/{topic}', { token: bob, params: { topic: 'one-more' } });
      // Together they exceed 64 KB in any order.
      const categories = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}`.padEnd(50, '世'), 'inbox']));
      const filters = Array.from({ length: 20 }, (_, n) => ({ name: `f${n}`, url: `/?q=${'\u0001'.repeat(300)}` }));
      await call('put /api/preferences', { token: bob, body: { ...DEFAULT_PREFERENCES, categories, filters: [] } });
      await call('put /api/preferences/filters', { token: bob, body: { filters } });
      await call('put /api/preferences', { token: bob, body: { ...DEFAULT_PREFERENCES, filters } });
      await call('put /api/preferences', {
        token: bob,
        body: { ...DEFAULT_PREFERENCES, categories, filters: undefined },
      });
    });

    test('to forbidden requests and unknown resources', async () => {
      const { key } = await server.createApp(admin, { name: 'sender', audience: ['everyone'] });
      const codeOf = async (name: string, sent: Call): Promise<string> => {
        const { status, body } = await call(name, { ...bodyFor(name, { roles: [] }), ...sent });
        return `${name} ${status} ${(body as ErrorAnswer).code}`;
      };
      const secured = operations(({ security }) => security?.length !== 0);
      for (const name of secured.filter((operation) => !SENDS.includes(operation)))
        expect(await codeOf(name, { token: key })).toBe(`${name} 403 wrong_scope`);
      for (const name of secured.filter((operation) => /\/api\/(?:users|operations)\b/.test(operation)))
        expect(await codeOf(name, { token: bob })).toBe(`${name} 403 admin_only`);
      const toAll = { ...DRAFT, audience: ['everyone'] };
      for (const send of SENDS)
        expect(await codeOf(send, { token: bob, body: [toAll] })).toBe(`${send} 403 audience_refused`);
      const retract = 'delete /api/notifications/{id}';
      const { id } = await server.send(admin);
      expect(await codeOf(retract, { token: bob, params: { id } })).toBe(`${retract} 403 not_sender`);
      for (const name of operations(({ responses }) => responses['404'])) {
        const body = bodyOf(name);
        expect([
          name,
          (await call(name, { token: admin, params: { index: '0' }, ...bodyFor(name, body) })).status,
        ]).toEqual([name, 404]);
      }
    });

    test('to requests that are unauthorised, malformed, too large or of another type', async () => {
      for (const name of operations(({ security }) => security?.length !== 0))
        expect([name, (await call(name)).status]).toEqual([name, 401]);
      const manyValues = `?${'x=1&'.repeat(200)}`;
      for (const name of document.operations.keys())
        expect([
          name,
          (await call(name, { token: tokenFor(name), query: manyValues, ...bodyFor(name, {}) })).status,
        ]).toEqual([name, 400]);
      for (const name of operations(({ requestBody }) => requestBody)) {
        const token = tokenFor(name);
        expect([
          name,
          (await call(name, { token, body: { x: 'x'.repeat(SENDS.includes(name) ? 5_000_000 : 70_000) } })).status,
        ]).toEqual([name, 413]);
        expect([
          name,
          (await call(name, { token, body: 'x', headers: { 'Content-Type': 'text/plain' } })).status,
        ]).toEqual([name, 415]);
      }
      const long = 'x'.repeat(101);
      for (const param of ['id', 'username', 'topic']) {
        for (const name of operations(hasPath(param)))
          expect([name, (await call(name, { token: admin, params: { [param]: long } })).status]).toEqual([name, 414]);
      }
    });

    test('to requests for another host', async () => {
      for (const name of document.operations.keys()) {
        const [method, path] = name.split(' ');
        const sent = request({
          port: server.port,
          method: method?.toUpperCase(),
          path: path?.replace(/\{\w+\}/g, UNKNOWN_ID),
          headers: { Host: 'rebound.example' },
        }).end();
        const [response] = (await once(sent, 'response')) as [IncomingMessage];
        const headers = new Headers(Object.entries(response.headers).map(([header, value]) => [header, String(value)]));
        const answer = { status: response.statusCode ?? 0, headers, body: await json(response) };
        expect([faultsOf(name, answer), answer.status]).toEqual(['', 421]);
        seen.add(`${name} 421`);
      }
    });

    test.each([
      ['429', { MAX_CONNECTIONS_PER_USER: '1' }],
      ['503', { MAX_CONNECTIONS: '1' }],
    ])('to requests under load, with %s', async (status, limits) => {
      const other = await RunningServer.start(limits);
      const token = tokenOf(other, { sub: 'admin', exp: IN_AN_HOUR });
      const reader = await EventReader.open(other, token);
      const answer = await other.get('/api/notifications/stream', token);
      expect([String(answer.status), faultsOf('get /api/notifications/stream', answer)]).toEqual([status, '']);
      reader.close();
      await other.close();
    });

    test('and describes no other answers, except those under load and the endless stream', () => {
      const described = [...document.operations].flatMap(([name, { responses }]) =>
        Object.keys(responses).map((status) => `${name} ${status}`),
      );
      const expected = described.filter(
        (answer) => !UNDER_LOAD.includes(answer.slice(-3)) && answer !== 'get /api/notifications/stream 200',
      );
      expect([...seen].sort()).toEqual(expected.sort());
    });
  });

  const bodyFor = (name: string, body: object): { body?: object } =>
    document.operations.get(name)?.requestBody === undefined ? {} : { body };
});

interface Call {
  params?: Record<string, string>;
  query?: string;
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}
