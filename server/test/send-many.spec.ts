import type { ErrorAnswer } from '../../protocol/http.js';
import type { Notification, NotificationDraft } from '../../protocol/notification.js';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, RunningServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

/** As much of the OpenAPI document as is looked at. */
interface OpenApi {
  paths: Record<string, { post: { requestBody: { content: Content }; responses: Record<string, { content: Content }> } }>;
}
type Content = Record<string, { schema: { oneOf: unknown[] }; examples: Record<string, { value: unknown }> }>;

const SEND = '/api/notifications/send';

describe('sending many at once', () => {
  let server: RunningServer;
  let token: string;

  beforeEach(async () => {
    server = await RunningServer.start();
    token = tokenOf({ sub: 'admin', exp: IN_AN_HOUR });
  });

  afterEach(() => server.close());

  const drafts = (count: number): NotificationDraft[] => Array.from({ length: count }, (_, n) => ({ ...DRAFT, title: `no. ${n}` }));

  async function storedCount(): Promise<number> {
    return ((await server.get('/api/notifications?limit=200', token)).body as { items: unknown[] }).items.length;
  }

  async function refusalOf(body: unknown): Promise<ErrorAnswer> {
    const answer = await server.post(SEND, body, token);
    expect(await storedCount()).toBe(0);
    return answer.body as ErrorAnswer;
  }

  test('stores a thousand, answers with each in its place, and they arrive in their order', async () => {
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

  test('of one answers with an array of one', async () => {
    const { status, body } = await server.post(SEND, drafts(1), token);
    expect(status).toBe(201);
    expect(body).toEqual([expect.objectContaining({ title: 'no. 0', sender: 'admin' })]);
  });

  test('stores none when one is wrong, and names it', async () => {
    const wrong = [...drafts(3), { ...DRAFT, title: '' }, { ...DRAFT, audience: ['user:nobody!'] }];
    const { details } = await refusalOf(wrong);
    expect(details?.map(({ field }) => field)).toEqual(['[3].title', '[4].audience']);
    const unknown = await refusalOf([...drafts(2), { ...DRAFT, audience: ['user:eve'] }]);
    expect(unknown.details).toEqual([{ field: '[2].audience', reason: 'there is no user eve' }]);
  });

  test.each([0, 1001])('refuses an array of %d', async (count) => {
    expect((await refusalOf(drafts(count))).details).toEqual([{ field: 'body', reason: 'body must hold 1 to 1000 items' }]);
  });

  test('a title of a megabyte gets 400, a body of over 4 MB 413, whoever is no user 401 before it is read', async () => {
    const long = { ...DRAFT, title: 'x'.repeat(1_000_000) };
    expect((await refusalOf(long)).details).toEqual([{ field: 'title', reason: 'title must be shorter than or equal to 200 characters' }]);
    expect((await refusalOf({ ...DRAFT, title: 'x'.repeat(4_200_000) })).statusCode).toBe(413);
    for (const stranger of [undefined, 'nonsense']) {
      const { status, headers, body } = await server.post(SEND, `{"broken": ${JSON.stringify(long)}`, stranger);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(body).toMatchObject({ statusCode: 401, error: 'Unauthorized' });
    }
  });

  test('is described with both shapes, and an example of each', async () => {
    const { body } = await server.get('/docs-json');
    const { requestBody, responses } = (body as OpenApi).paths[SEND]!.post;
    const { schema, examples } = requestBody.content['application/json']!;
    const draft = { $ref: '#/components/schemas/SendNotificationDto' };
    expect(schema.oneOf).toEqual([draft, { type: 'array', items: draft, minItems: 1, maxItems: 1000 }]);
    expect((await server.post(SEND, examples['one']?.value, token)).status).toBe(201);
    expect((await server.post(SEND, examples['many']?.value, token)).status).toBe(201);
    expect(responses['201']?.content['application/json']?.schema.oneOf).toHaveLength(2);
  });
});
