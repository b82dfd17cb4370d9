import type { ErrorAnswer } from '@herald/protocol';
import { jest } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Answer, DRAFT, useServer } from './running-server.js';

const SEND = '/api/notifications/send';
const LOGIN = '/api/auth/login';

describe('a body', () => {
  const server = useServer();
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });

  /** The fields at fault, each with its code and its params. */
  const faultsOf = ({ body }: Answer): unknown =>
    (body as ErrorAnswer).details?.map(({ field, code, params }) => ({ field, code, ...params }));

  describe('is refused for its size before it is parsed', () => {
    const count = 1_390_000;
    const many = (value: string, times = count): string => `[${`${value},`.repeat(times)}1]`;

    test.each([
      ['actions', `{"actions":${many('{}')}}`, 'body'],
      ['title', `{"title":${many('[]')}}`, 'body'],
      ['audience', `{"audience":${many('""')}}`, 'body'],
      ['unknown fields', `{"x":${many('{}')}}`, 'body'],
      ['an item', `[{"actions":${many('{}')}}]`, '[0]'],
      ['items', many('{}'), 'body'],
    ])('with very many %s, which are not even parsed', async (_, json, field) => {
      const parse = jest.spyOn(JSON, 'parse');
      const answer = await server.post(SEND, json, token);
      const longest = Math.max(...parse.mock.calls.map(([parsed]) => parsed.length));
      parse.mockRestore();
      expect([answer.status, faultsOf(answer)]).toEqual([
        400,
        [{ field, code: expect.stringMatching(/^too_many(_values)?$/), max: expect.any(Number) }],
      ]);
      expect(longest).toBeLessThan(1000);
    });

    test('with very long field names, which the refusal does not repeat', async () => {
      const answer = await server.post(
        SEND,
        Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`${'k'.repeat(4000)}${n}`, 1])),
        token,
      );
      expect([answer.status, faultsOf(answer)]).toEqual([400, [{ field: 'body', code: 'too_long', max: 256 }]]);
    });

    test('at sign-in above 4 KB', async () => {
      const body = `{"username":${many('{}', 20_000)},"password":"x"}`;
      expect((await server.post(LOGIN, body)).status).toBe(413);
      const small = `{"username":${many('{}', 1200)},"password":"x"}`;
      expect(faultsOf(await server.post(LOGIN, small))).toEqual([
        { field: 'body', code: 'too_many_values', max: 1000 },
      ]);
      const name = '\u0001'.repeat(100);
      expect((await server.post(LOGIN, { username: name, password: name + name })).status).toBe(401);
    });
  });

  test('cannot evade its limits by a query with very many values', async () => {
    for (const query of [
      'a=1&'.repeat(100),
      Array.from({ length: 100 }, (_, n) => `f${n}=1`).join('&'),
      'priority=high&'.repeat(60),
    ]) {
      const answer = await server.get(`/api/notifications?${query}`, token);
      expect([answer.status, faultsOf(answer)]).toEqual([400, [{ field: 'query', code: 'too_many_values', max: 50 }]]);
    }
  });

  describe('with many items', () => {
    /** Enough that the body exceeds 64 KB. */
    const item = JSON.stringify({ ...DRAFT, audience: ['user:admin'], message: `],[{ \\" ${'m'.repeat(3000)}` });
    const items = Array<string>(30).fill(item).join(' ,\n');

    test('is parsed item by item, since JSON.parse is slow with ever new field names', async () => {
      const odd = Array.from({ length: 1000 }, (_, n) => ({
        ...DRAFT,
        ...Object.fromEntries(Array.from({ length: 50 }, (__, m) => [`f${n}_${m}`, m])),
      }));
      const parse = jest.spyOn(JSON, 'parse');
      const answer = await server.post(SEND, odd, token);
      const parsed = parse.mock.calls.map(([text]) => text).filter((text) => text.includes('"f'));
      parse.mockRestore();
      expect(answer.status).toBe(400);
      expect(parsed).toHaveLength(1001);
      // The answer itself is longer than any other text.
      expect(parsed.filter((text) => text.length > 2000 && !text.startsWith('{"statusCode"'))).toEqual([]);
    });

    test('equals a body that is parsed as a whole', async () => {
      const answer = await server.post(SEND, ` [ ${items} ] \n`, token);
      expect([answer.status, (answer.body as unknown[]).length]).toEqual([201, 30]);
      expect(answer.body).toMatchObject(
        Array.from({ length: 30 }, () => ({ message: (JSON.parse(item) as { message: string }).message })),
      );
      const broken = [
        `[${items},]`,
        `[,${items}]`,
        `[${items},,${item}]`,
        `[${items}`,
        `[${items}]]`,
        `[${items}],[${items}]`,
        `[${items}] x`,
        `[${items}]\u00a0`,
        `[${items} ${item}]`,
        `[${items},"]`,
      ];
      for (const json of broken) {
        expect(faultsOf(await server.post(SEND, json, token))).toEqual([{ field: 'body', code: 'invalid_json' }]);
      }
      const faulty = await server.post(SEND, `[${items},{"title":"\\ud800"}]`, token);
      expect(faultsOf(faulty)).toEqual([{ field: '[30].title', code: 'malformed_unicode' }]);
    });
  });

  test('with a thousand notifications of 4 KB is checked in slices, with turns of the event loop between', async () => {
    const draft = {
      ...DRAFT,
      message: 'm'.repeat(3500),
      tags: ['a', 'b', 'c'],
      actions: [{ label: 'Open', url: 'https://example.com' }],
    };
    const wrong = Array(1000)
      .fill(draft)
      .with(999, { ...draft, title: 5 });
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      turns++;
      if (!isDone) setImmediate(turn);
    };
    const answering = server.post(SEND, wrong, token);
    setImmediate(turn);
    expect(faultsOf(await answering)).toEqual([{ field: '[999].title', code: 'not_a_string' }]);
    isDone = true;
    expect(turns).toBeGreaterThan(10);
  });

  describe('with malformed text is refused', () => {
    test.each([
      ['title', String.raw`{"title":"x \ud83d","message":"m","priority":"high","category":"c"}`],
      ['audience.0', String.raw`{"title":"x","audience":["user:\udc00"]}`],
      ['[1].actions.0.label', String.raw`[{"title":"x"},{"actions":[{"label":"\ud83d"}]}]`],
      ['key', String.raw`{"key":"\ude00\ud83d"}`],
    ])('for a lone surrogate in %s', async (field, json) => {
      const answer = await server.post(SEND, json, token);
      expect([answer.status, faultsOf(answer)]).toEqual([400, [{ field, code: 'malformed_unicode' }]]);
    });

    test('for a lone surrogate in the name of a category, a saved filter, an account, or a field', async () => {
      for (const [method, path, json] of [
        ['PUT', '/api/preferences', String.raw`{"categories":{"\ud83d":"muted"}}`],
        ['PUT', '/api/preferences/filters', String.raw`{"filters":[{"name":"\ud83d","url":"/"}]}`],
        ['POST', '/api/users', String.raw`{"username":"\ud83d"}`],
        ['POST', '/api/notifications/state', String.raw`{"filter":{"q":"\ud83d"}}`],
        ['POST', LOGIN, String.raw`{"username":"\ud83d","password":"x"}`],
        ['POST', SEND, String.raw`{"\ud83d":1}`],
      ] as const) {
        const answer = await server.request(method, path, token, json);
        expect([answer.status, faultsOf(answer)]).toEqual([
          400,
          [{ field: expect.any(String), code: 'malformed_unicode' }],
        ]);
      }
    });

    test('for NUL, which some databases cannot store', async () => {
      const answer = await server.post(SEND, { ...DRAFT, message: 'a\0b' }, token);
      expect([answer.status, faultsOf(answer)]).toEqual([400, [{ field: 'message', code: 'control_characters' }]]);
    });

    test.each([
      ['/api/users?q=%00', 'q'],
      ['/api/users?after=a%00', 'after'],
      ['/api/notifications?sender=%00', 'sender'],
      ['/api/recipients?q=%00', 'q'],
    ])('for NUL in %s', async (path, field) => {
      const answer = await server.request('GET', path, token);
      expect([answer.status, faultsOf(answer)]).toEqual([400, [{ field, code: 'control_characters' }]]);
    });

    test.each([[0xfc], [0xed, 0xa0, 0xbd], [0xc0, 0x80], [0xe2, 0x82]])(
      'for bytes that are not UTF-8: %p',
      async (...bytes) => {
        const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from(bytes), Buffer.from('"}')]);
        const answer = await sendBytes(body, 'application/json');
        expect([answer.status, faultsOf(answer)]).toEqual([400, [{ field: 'body', code: 'invalid_utf8' }]]);
      },
    );

    test('with 415 in another charset, and accepted in UTF-8 by any of its names', async () => {
      const body = Buffer.from(JSON.stringify({ ...DRAFT, title: 'Grüße' }));
      for (const charset of ['latin1', 'ISO-8859-1', 'utf-16', '"windows-1252"']) {
        expect((await sendBytes(body, `application/json; charset=${charset}`)).status).toBe(415);
      }
      for (const charset of ['utf-8', 'UTF-8', '"utf-8"', 'utf8']) {
        const answer = await sendBytes(body, `application/json;charset=${charset}`);
        expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ title: 'Grüße' })]);
      }
    });

    function sendBytes(body: Buffer, type: string): Promise<Answer> {
      const headers = { 'Content-Type': type, Authorization: `Bearer ${token}` };
      return server.fetch(SEND, { method: 'POST', headers, body: new Uint8Array(body) });
    }
  });

  test('that is announced but empty counts as none on routes without a body', async () => {
    await server.createUser('leaver');
    const { id } = await server.send(token, { requiresAck: true, actions: [{ label: 'Works', event: 'works' }] });
    const leaver = await server.signIn('leaver');
    for (const [request, status] of [
      ['PUT /api/auth/me/topics/builds', 200],
      ['DELETE /api/auth/me/topics/builds', 200],
      ['POST /api/notifications/read-all', 200],
      [`POST /api/notifications/${id}/acknowledge`, 200],
      [`POST /api/notifications/${id}/actions/0`, 200],
      ['POST /api/auth/refresh', 200],
      ['GET /api/auth/me', 200],
      ['POST /api/auth/logout', 204],
      ['GET /api/auth/me', 401],
    ] as const) {
      expect([request, await statusWithoutBody(request, leaver)]).toEqual([request, status]);
    }
    expect(await statusWithoutBody(`DELETE /api/notifications/${id}`, token)).toBe(204);
    expect(await statusWithoutBody('DELETE /api/users/leaver', token)).toBe(204);
    const needed = await server.post(SEND, '', token);
    expect([needed.status, faultsOf(needed)]).toEqual([
      400,
      expect.arrayContaining([{ field: 'title', code: 'required' }]),
    ]);
  });

  /** Sends a content type, with and without a length. */
  async function statusWithoutBody(request: string, bearer: string): Promise<number> {
    const socket = connect(server.port, '127.0.0.1');
    const length = request.startsWith('P') ? 'Content-Length: 0\r\n' : '';
    socket.end(
      `${request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n${length}Authorization: Bearer ${bearer}\r\n\r\n`,
    );
    return Number((await text(socket)).slice(9, 12));
  }
});
