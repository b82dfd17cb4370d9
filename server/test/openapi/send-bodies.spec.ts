import { formOf, useServer } from '../running-server.js';
import { OpenApiDocument } from './openapi-document.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

describe('the OpenAPI document of a send', () => {
  const server = useServer();
  let document: OpenApiDocument;
  let key: string;

  beforeAll(async () => {
    document = await OpenApiDocument.of(server);
    ({ key } = await server.createApp(await server.signIn(), { name: 'ci', audience: ['user:admin'] }));
  });

  const LENIENT = { message: 'm', priority: 5, tags: 'a,b', audience: ['user:admin'], markdown: 'yes', type: 'info' };

  test.each<[string, unknown, string | FormData]>([
    [JSON_TYPE, { message: 'm' }, '{"message":"m"}'],
    [JSON_TYPE, LENIENT, JSON.stringify(LENIENT)],
    [JSON_TYPE, [LENIENT], JSON.stringify([LENIENT])],
    ['text/plain', 'Done', 'Done'],
    [FORM, { message: 'm', priority: 'max' }, 'message=m&priority=max'],
    ['multipart/form-data', { message: 'm' }, formOf({ message: 'm' })],
  ])('describes a body of an app as %s: %j', async (type, value, body) => {
    const { content = {} } = document.operations.get('post /api/notifications/send')?.requestBody ?? {};
    expect(document.faultsOf(value, content[type]?.schema ?? { not: {} })).toBe('');
    const headers = {
      Authorization: `Bearer ${key}`,
      // For a form, `fetch` names its boundary.
      ...(typeof body === 'string' && { 'Content-Type': type }),
    };
    const sent = await server.fetch('/api/notifications/send', { method: 'POST', headers, body });
    expect(sent.status).toBe(201);
  });
});
