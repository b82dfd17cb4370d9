import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ClientOptions, WebSocket } from 'ws';
import { Connections } from '../src/connections/connections.js';
import { FrameSocket } from './frame-socket.js';
import { RunningServer, useServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

const PATHS = ['/ws', '/api/ws'];
const bearer = (token: string): ClientOptions => ({ headers: { Authorization: `Bearer ${token}` } });

interface Refusal {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: unknown;
}

describe('the WebSocket upgrade', () => {
  const server = useServer({ FRONTEND_URL: 'https://page.example' });
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });

  async function refused(
    path: string,
    options: ClientOptions = {},
    protocols: string[] = [],
    by = server,
  ): Promise<Refusal> {
    const socket = new WebSocket(`ws://${by.host}${path}`, protocols, options);
    const [request, answer] = (await once(socket, 'unexpected-response')) as [{ destroy(): void }, IncomingMessage];
    const body: unknown = JSON.parse(await text(answer));
    request.destroy();
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  async function upgraded(path: string, options: ClientOptions = {}, protocols: string[] = []): Promise<FrameSocket> {
    const client = new FrameSocket(new WebSocket(`ws://${server.host}${path}`, protocols, options));
    await once(client.socket, 'open');
    return client;
  }

  describe.each(PATHS)('at %s', (path) => {
    test('accepts the token of an Authorization header, and welcomes a plain client', async () => {
      const client = await upgraded(path, bearer(token));
      expect(client.socket.protocol).toBe('');
      expect((await client.next('welcome')).data.user).toEqual({ username: 'admin' });
      client.socket.terminate();
    });

    test('accepts the token of a sub-protocol, answers herald.v1 and lets the client speak first', async () => {
      const client = await upgraded(path, {}, ['herald.v1', `bearer.${token}`]);
      expect(client.socket.protocol).toBe('herald.v1');
      client.send({ event: 'hello' });
      expect((await client.next('welcome')).data.user).toEqual({ username: 'admin' });
      client.socket.terminate();
    });

    test('accepts the token of the query', async () => {
      const client = await upgraded(`${path}?token=${token}`);
      expect((await client.next('welcome')).data.user).toEqual({ username: 'admin' });
      client.socket.terminate();
    });

    describe.each([
      ['a missing token', () => '', 'A bearer token is required'],
      ['an expired token', () => tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR - 7200 }), 'The token has expired'],
      [
        'a token of `alg: none`',
        () => tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR }, 'none'),
        'The token is not valid',
      ],
      [
        'a token of a foreign signature',
        () => tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR }, 'HS256', 'another'),
        'The token is not valid',
      ],
    ])('answers %s with 401', (_, make, message) => {
      test.each([
        ['in the header', (bad: string) => refused(path, bad === '' ? {} : bearer(bad))],
        [
          'in the sub-protocol',
          (bad: string) => refused(path, {}, bad === '' ? ['herald.v1'] : ['herald.v1', `bearer.${bad}`]),
        ],
        ['in the query', (bad: string) => refused(bad === '' ? path : `${path}?token=${bad}`)],
      ])('%s', async (_place, attempt) => {
        const { status, headers, body } = await attempt(make());
        expect(status).toBe(401);
        expect(headers['www-authenticate']).toBe('Bearer');
        expect(headers['content-type']).toBe('application/json; charset=utf-8');
        expect(body).toEqual({ statusCode: 401, error: 'Unauthorized', code: 'invalid_token', message });
      });
    });

    test('refuses a token in the query if TOKEN_IN_QUERY refuses it, and accepts one elsewhere', async () => {
      const strict = await RunningServer.start({ TOKEN_IN_QUERY: 'refused' });
      const fresh = await strict.signIn();
      const { status, body } = await refused(`${path}?token=${fresh}`, {}, [], strict);
      expect([status, body]).toMatchObject([
        401,
        { message: 'This server refuses a token in the query: send it in a header' },
      ]);
      expect((await refused(path, {}, [], strict)).body).toMatchObject({ message: 'A bearer token is required' });
      const client = await FrameSocket.live(strict, fresh);
      await client.next('live');
      await strict.close();
    });

    test('checks only the first place with a token', async () => {
      expect((await refused(`${path}?token=${token}`, bearer('nonsense'))).status).toBe(401);
    });

    test.each(['https://evil.example', 'https://page.example.evil.example', 'null'])(
      'answers a page from %s with 403',
      async (origin) => {
        const { status, body } = await refused(path, { ...bearer(token), origin });
        expect(status).toBe(403);
        expect(body).toMatchObject({
          statusCode: 403,
          error: 'Forbidden',
          code: 'origin_refused',
          message: expect.stringContaining('FRONTEND_URL'),
        });
      },
    );

    test('accepts a page of FRONTEND_URL, and one of its own origin', async () => {
      for (const origin of ['https://page.example', `http://${server.host}`]) {
        const client = await upgraded(path, { ...bearer(token), origin });
        client.socket.terminate();
      }
    });
  });

  test.each(PATHS)('answers a plain request at %s with 426 and the protocol to upgrade to', async (path) => {
    for (const method of ['GET', 'POST']) {
      const { status, headers, body } = await server.request(method, path);
      expect([status, headers.get('upgrade'), body]).toEqual([
        426,
        'websocket',
        { statusCode: 426, error: 'Upgrade Required', code: 'upgrade_required', message: expect.any(String) },
      ]);
    }
  });

  test('answers 421 to a page at a name that resolves to this machine', async () => {
    const { status, body } = await refused('/ws', {
      headers: { ...bearer(token).headers, Host: 'rebound.example' },
      origin: 'http://rebound.example',
    });
    expect([status, body]).toMatchObject([
      421,
      {
        statusCode: 421,
        error: 'Misdirected Request',
        code: 'unknown_host',
        message: expect.stringContaining('FRONTEND_URL'),
      },
    ]);
  });

  test('accepts a page of its own origin whose Host has the default port', async () => {
    const client = await upgraded('/ws', {
      headers: { ...bearer(token).headers, Host: 'localhost:443' },
      origin: 'https://localhost',
    });
    client.socket.terminate();
  });

  test.each(['/', '/api', '/api/notifications', '/ws/more', '/wsx', '/api/ws/..', '//ws'])(
    'answers 404 at %s',
    async (path) => {
      const { status, body } = await refused(path, bearer(token));
      expect([status, body]).toEqual([
        404,
        { statusCode: 404, error: 'Not Found', code: 'unknown_path', message: 'The WebSocket is at /ws and /api/ws' },
      ]);
    },
  );

  test('creates no connection for a refused request', async () => {
    await refused('/ws');
    const { size } = server.app.get(Connections, { strict: false });
    const client = await upgraded('/ws', bearer(token));
    expect(server.app.get(Connections, { strict: false }).size).toBe(size + 1);
    client.socket.terminate();
  });
});
