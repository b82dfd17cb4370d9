import type { ErrorAnswer, Notification, NotificationDraft } from '@herald/protocol';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, useFreshServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

/** The part of the OpenAPI document that the test reads. */
interface OpenApi {
  paths: Record<
    string,
    { post: { requestBody: { content: Content }; responses: Record<string, { content: Content }> } }
  >;
}
type Content = Record<
  string,
  { schema: { oneOf: unknown[]; anyOf: unknown[] }; examples: Record<string, { value: unknown }> }
>;

const SEND = '/api/notifications/send';
const BATCH = '/api/notifications/batch';

describe('a batch of notifications', () => {
  const server = useFreshServer();
  let token: string;

  beforeEach(() => {
    token = tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR });
  });

  const drafts = (count: number): NotificationDraft[] =>
    Array.from({ length: count }, (_, n) => ({ ...DRAFT, title: `no. ${n}` }));

  async function storedCount(): Promise<number> {
    return ((await server.get('/api/notifications?limit=200', token)).body as { items: unknown[] }).items.length;
  }

  async function refusalOf(body: unknown, path = SEND): Promise<ErrorAnswer> {
    const answer = await server.post(path, body, token);
    expect(await storedCount()).toBe(0);
    return answer.body as ErrorAnswer;
  }

  test('is stored, answered and delivered in order, up to a thousand', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    const { status, body } = await server.post(SEND, drafts(1000), token);
    expect(status).toBe(201);
    const stored = body as Notification[];
    expect(stored.map(({ title }) => title)).toEqual(drafts(1000).map(({ title }) => title));
    const ids = stored.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const id of ids.slice(0, 50)) {
      const { data } = await client.next('notification');
      expect(data.id).toBe(id);
    }
  });

  test('with one item is answered with an array of one', async () => {
    const { status, body } = await server.post(SEND, drafts(1), token);
    expect(status).toBe(201);
    expect(body).toEqual([expect.objectContaining({ title: 'no. 0', sender: 'admin' })]);
  });

  test('has a path of its own, which refuses a single notification', async () => {
    expect((await refusalOf(DRAFT, BATCH)).details).toMatchObject([{ field: 'body', code: 'not_a_list' }]);
    const { status, body } = await server.post(BATCH, drafts(2), token);
    expect([status, body]).toMatchObject([201, [{ title: 'no. 0' }, { title: 'no. 1' }]]);
  });

  test('is not stored if one is invalid, and the refusal names it', async () => {
    const wrong = [...drafts(3), { ...DRAFT, title: '' }, { ...DRAFT, audience: ['user:nobody!'] }];
    const { details } = await refusalOf(wrong);
    expect(details?.map(({ field }) => field)).toEqual(['[3].title', '[4].audience']);
    const unknown = await refusalOf([...drafts(2), { ...DRAFT, audience: ['user:eve'] }]);
    expect(unknown.details).toMatchObject([
      { field: '[2].audience', code: 'unknown_user', params: { username: 'eve' } },
    ]);
  });

  test.each([
    [0, { code: 'too_few', params: { min: 1 } }],
    [1001, { code: 'too_many', params: { max: 1000 } }],
  ])('with %d items is refused', async (count, fault) => {
    expect((await refusalOf(drafts(count))).details).toMatchObject([{ field: 'body', ...fault }]);
  });

  test('with a title of a megabyte gets 400', async () => {
    const long = { ...DRAFT, title: 'x'.repeat(1_000_000) };
    expect((await refusalOf(long)).details).toMatchObject([
      { field: 'title', code: 'too_long', params: { max: 16_384 } },
    ]);
  });

  test.each([SEND, BATCH])(
    'to %s gets 413 above 4 MB, and 401 above 64 KB without a valid token, before its body is read',
    async (path) => {
      expect(await answerToHead(path, token, 4 * 1024 * 1024 + 1)).toMatch(
        /^HTTP\/1\.1 413 [^]*"statusCode":413[^]*"field":"body"/,
      );
      expect(await answerToHead(path, 'nonsense', 64 * 1024 + 1)).toMatch(/^HTTP\/1\.1 401 [^]*"statusCode":401/);
    },
  );

  /** The complete answer to a request of which only the head was sent. */
  async function answerToHead(path: string, bearer: string, length: number): Promise<string> {
    const socket = connect(server.port, '127.0.0.1');
    const head = [
      'Host: localhost',
      'Content-Type: application/json',
      `Authorization: Bearer ${bearer}`,
      `Content-Length: ${length}`,
    ];
    socket.write(`POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
    return text(socket);
  }

  test('is documented beside the single send, with an example of each', async () => {
    const { body } = await server.get('/docs-json');
    const { requestBody, responses } = (body as OpenApi).paths[SEND]!.post;
    const { schema, examples } = requestBody.content['application/json']!;
    const oneOrMany = (name: string) => {
      const draft = { $ref: `#/components/schemas/${name}` };
      return { oneOf: [draft, { type: 'array', items: draft, minItems: 1, maxItems: 1000 }] };
    };
    expect(schema.anyOf).toEqual([oneOrMany('SendNotification'), oneOrMany('AppNotification')]);
    expect((await server.post(SEND, examples['one']?.value, token)).status).toBe(201);
    expect((await server.post(SEND, examples['many']?.value, token)).status).toBe(201);
    expect(responses['201']?.content['application/json']?.schema.oneOf).toHaveLength(2);
  });
});
