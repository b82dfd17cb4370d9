import type { ErrorAnswer, FieldError } from '@herald/protocol';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { invalidCredentials } from '../src/auth/auth-refusals.js';
import { LoginThrottle } from '../src/auth/login-throttle.js';
import { DRAFT, RunningServer, useServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

const SEND = '/api/notifications/send';
const INVALID = { statusCode: 400, error: 'Bad Request', code: 'invalid_request', message: 'The request is not valid' };

describe('bad input gets', () => {
  const server = useServer();
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });

  afterEach(async () => {
    expect((await server.get('/health/live')).status).toBe(200);
  });

  describe('400, with field, code and reason', () => {
    const NOT_A_WORD = 'category must be one word of letters, digits, dots, hyphens or underscores';
    const NOT_AN_ADDRESS = 'url must be an address that begins with http:// or https://';
    const NOT_A_TAG = 'each value in tags must be one word, such as warning or +1';
    const NOT_AHEAD = 'expiresAt must be in the future, at most a year ahead';
    const tooLong = (max: number): FieldError => ({
      field: 'message',
      code: 'too_long',
      reason: `message must have at most ${max} characters`,
      params: { max },
    });
    const FAULTS: [FieldError, unknown][] = [
      [{ field: 'title', code: 'required', reason: 'title is required' }, undefined],
      [{ field: 'titel', code: 'unknown_field', reason: 'titel is not a known field' }, 'x'],
      [{ field: 'message', code: 'not_a_string', reason: 'message must be a string' }, 5],
      [
        {
          field: 'priority',
          code: 'not_one_of',
          reason: 'priority must be one of high, medium, low',
          params: { allowed: 'high, medium, low' },
        },
        'urgent',
      ],
      [{ field: 'category', code: 'not_a_word', reason: NOT_A_WORD }, 'two words'],
      [{ field: 'category', code: 'not_a_word', reason: NOT_A_WORD }, '<b>bold</b>'],
      [{ field: 'url', code: 'not_a_web_address', reason: NOT_AN_ADDRESS }, 'javascript:alert(1)'],
      [{ field: 'tags', code: 'not_a_tag', reason: NOT_A_TAG }, ['<script>alert(1)</script>']],
      [
        {
          field: 'audience',
          code: 'not_a_channel',
          reason: '"user:<script>" is not everyone, user:<name>, role:<name> or topic:<name>',
          params: { channel: 'user:<script>' },
        },
        ['user:<script>'],
      ],
      [tooLong(4000), '# Markdown '.repeat(1000)],
      [tooLong(16_384), '# Markdown '.repeat(60_000)],
      [
        { field: 'actions', code: 'too_many', reason: 'actions must have at most 3 items', params: { max: 3 } },
        Array(5).fill({ label: 'Open', event: 'open' }),
      ],
      [{ field: 'expiresAt', code: 'not_ahead', reason: NOT_AHEAD }, '2020-01-31T08:00:00Z'],
    ];
    test.each(FAULTS)('for a notification: %j', async (fault, value) => {
      const { status, body } = await server.post(SEND, { ...DRAFT, [fault.field]: value }, token);
      expect([status, body]).toEqual([400, { ...INVALID, details: [fault] }]);
    });

    test('for a recipient who does not exist', async () => {
      const { status, body } = await server.post(SEND, { ...DRAFT, audience: ['user:nobody'] }, token);
      const fault = {
        field: 'audience',
        code: 'unknown_user',
        reason: 'there is no user nobody',
        params: { username: 'nobody' },
      };
      expect([status, body]).toEqual([400, { ...INVALID, code: 'unknown_recipient', details: [fault] }]);
    });

    test.each(['{"title":', 'title=x', '{"title":"x"}}', ' '])('for a body that is broken JSON: %s', async (body) => {
      const answer = await server.post(SEND, body, token);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        ...INVALID,
        details: [{ field: 'body', code: 'invalid_json', reason: 'body is not valid JSON' }],
      });
    });

    test.each(['[', '{"data":'])('for a body that nests %s three thousand times', async (open) => {
      const inner = `${open.repeat(3000)}1${(open === '[' ? ']' : '}').repeat(3000)}`;
      const answer = await server.post(SEND, `{"title":${inner}}`, token);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        ...INVALID,
        details: [
          {
            field: 'body',
            code: 'body_too_deep',
            reason: 'body is nested more than 32 levels deep',
            params: { max: 32 },
          },
        ],
      });
    });

    test('for a field with the name of an inherited property', async () => {
      const answer = await server.post(SEND, '{"__proto__":{"isAdmin":true}}', token);
      const reason = '__proto__ is a name that no field can have';
      const fault = { field: '__proto__', code: 'reserved_name', reason, params: { name: '__proto__' } };
      expect([answer.status, answer.body]).toEqual([400, { ...INVALID, details: [fault] }]);
    });

    test('for a sign-in without a password, or with a password of another type', async () => {
      const missing = await server.post('/api/auth/login', { username: 'admin' });
      expect(missing.body).toEqual({
        ...INVALID,
        details: [{ field: 'password', code: 'required', reason: 'password is required' }],
      });
      const wrong = await server.post('/api/auth/login', { username: { $ne: '' }, password: ['password'] });
      expect(wrong.body).toEqual({
        ...INVALID,
        details: [
          { field: 'username', code: 'not_a_string', reason: 'username must be a string' },
          { field: 'password', code: 'not_a_string', reason: 'password must be a string' },
        ],
      });
    });

    test('for a page of 201, and for an invalid cursor', async () => {
      const { status, body } = await server.get('/api/notifications?limit=201&before=x', token);
      expect(status).toBe(400);
      expect((body as ErrorAnswer).details?.map(({ field }) => field)).toEqual(['limit', 'before']);
    });

    test("for a path that can't be decoded, in the same shape", async () => {
      const { status, body } = await server.get('/api/%');
      expect(status).toBe(400);
      expect(body).toEqual({ statusCode: 400, error: 'Bad Request', code: 'bad_request', message: expect.any(String) });
    });
  });

  test('413 for a sign-in of a megabyte, whether or not its length is announced', async () => {
    const huge = JSON.stringify({ username: 'x'.repeat(1_000_000), password: 'x' });
    const announced = await rawPost(`Content-Length: ${huge.length}`, huge);
    expect(announced).toMatch(/^HTTP\/1\.1 413 /);
    expect(announced).toContain('"statusCode":413');
    const chunked = await rawPost('Transfer-Encoding: chunked', `${huge.length.toString(16)}\r\n${huge}\r\n0\r\n\r\n`);
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
  });

  /** The complete answer, even if it comes before the request has been read. */
  async function rawPost(lengthHeader: string, body: string): Promise<string> {
    const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
    const head = [
      'Host: localhost',
      'Connection: close',
      'Content-Type: application/json',
      `Authorization: Bearer ${token}`,
      lengthHeader,
    ];
    socket.write(`POST /api/auth/login HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body.slice(0, 100_000)}`);
    const chunks: string[] = [];
    socket.on('data', (chunk) => chunks.push(chunk.toString()));
    await once(socket, 'close');
    return chunks.join('');
  }

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    '415 for a body of %s',
    async (type) => {
      const headers = { 'Content-Type': type, Authorization: `Bearer ${token}` };
      const { status, body } = await server.fetch(SEND, { method: 'POST', headers, body: JSON.stringify(DRAFT) });
      expect(status).toBe(415);
      expect(body).toMatchObject({ statusCode: 415, error: 'Unsupported Media Type', code: 'unsupported_media_type' });
    },
  );

  test('404 for an unknown path', async () => {
    const { status, body } = await server.get('/api/nothing');
    expect([status, body]).toEqual([
      404,
      { statusCode: 404, error: 'Not Found', code: 'unknown_path', message: 'There is nothing at this path' },
    ]);
  });

  describe('401, with a challenge', () => {
    test('for a missing token, on every path that is not public', async () => {
      for (const answer of [
        await server.get('/api/auth/me'),
        await server.get('/api/notifications'),
        await server.post(SEND, DRAFT),
      ]) {
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        expect(answer.body).toEqual({
          statusCode: 401,
          error: 'Unauthorized',
          code: 'invalid_token',
          message: 'A bearer token is required',
        });
      }
    });

    test('but not for a valid token made by hand, which proves the refusals below', async () => {
      expect((await server.get('/api/auth/me', tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR }))).status).toBe(200);
    });

    test.each([
      ['that has expired', { sub: 'admin', exp: IN_AN_HOUR - 7200 }, 'The token has expired', 'HS256', undefined],
      ['without an expiry', { sub: 'admin' }, 'The token is not valid', 'HS256', undefined],
      ['without a subject', { exp: IN_AN_HOUR }, 'The token is not valid', 'HS256', undefined],
      [
        'of a removed account',
        { sub: 'gone', exp: IN_AN_HOUR },
        'The account of this token no longer exists',
        'HS256',
        undefined,
      ],
      ['of `alg: none`', { sub: 'admin', exp: IN_AN_HOUR }, 'The token is not valid', 'none', undefined],
      ['of another algorithm', { sub: 'admin', exp: IN_AN_HOUR }, 'The token is not valid', 'HS512', undefined],
      ['with a foreign signature', { sub: 'admin', exp: IN_AN_HOUR }, 'The token is not valid', 'HS256', 'another'],
    ])('for a token %s', async (_, claims, message, alg, secret) => {
      await expectRefused(tokenOf(server, claims, alg, secret), message);
    });

    test('for a malformed token', async () => {
      await expectRefused('nonsense', 'The token is not valid');
    });

    async function expectRefused(bad: string, message: string): Promise<void> {
      const answer = await server.post(SEND, DRAFT, bad);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.body).toEqual({ statusCode: 401, error: 'Unauthorized', code: 'invalid_token', message });
    }

    test.each(['Bearer', 'Bearer ', 'Basic YWRtaW46cGFzc3dvcmQ=', 'token', ''])(
      'for the malformed header %j',
      async (header) => {
        const { status } = await server.fetch('/api/auth/me', { headers: { Authorization: header } });
        expect(status).toBe(401);
      },
    );

    test('before the body is checked', async () => {
      expect((await server.post(SEND, { title: 5 })).status).toBe(401);
    });

    test('for a token in the query, which only WebSockets may use', async () => {
      expect((await server.get(`/api/auth/me?token=${token}`)).status).toBe(401);
    });
  });

  test('401 with the same message for a wrong password and an unknown account', async () => {
    const wrong = await server.post('/api/auth/login', { username: 'admin', password: 'wrong' });
    const unknown = await server.post('/api/auth/login', { username: 'nobody', password: 'wrong' });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual({
      statusCode: 401,
      error: 'Unauthorized',
      code: 'invalid_credentials',
      message: 'The username or the password is wrong',
    });
    expect(unknown.body).toEqual(wrong.body);
  });

  test('400 for bytes that are not HTTP, and the server keeps running', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

test('20 failed sign-ins are followed by 429 with Retry-After, even for the right password', async () => {
  const server = await RunningServer.start();
  expect((await server.post('/api/auth/login', { username: 'admin', password: 'wrong' })).status).toBe(401);
  await guessWithoutHashing(server, 19);
  const { status, headers, body } = await server.post('/api/auth/login', { username: 'admin', password: 'password' });
  expect(status).toBe(429);
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(850);
  expect(seconds).toBeLessThanOrEqual(900);
  expect(body).toEqual({
    statusCode: 429,
    error: 'Too Many Requests',
    code: 'too_many_failed_sign_ins',
    params: { seconds },
    message: expect.stringContaining(`${seconds} s`),
  });
  await server.close();
});

/** Fails attempts from the address of the test's requests. */
async function guessWithoutHashing(server: RunningServer, times: number): Promise<void> {
  const throttle = server.app.get(LoginThrottle, { strict: false });
  const fail = (): Promise<never> => Promise.reject(invalidCredentials());
  const attempt = { account: 'admin', network: '127.0.0.1', isKnown: false };
  for (let n = 0; n < times; n++) await throttle.attempt(attempt, fail).catch(() => undefined);
}
