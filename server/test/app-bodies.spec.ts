import { longestTurnMs } from './longest-turn.js';
import { type Answer, codesOf, formOf, useServer } from './running-server.js';

const SEND = '/api/notifications/send';
/** Rule for a turn of the event loop. */
const TURN_MAX_MS = 50;
const FORM = 'application/x-www-form-urlencoded';

describe('the body of a request with the key of an app', () => {
  const server = useServer();
  let admin: string;
  let key: string;

  beforeAll(async () => {
    admin = await server.signIn();
    const app = { name: 'ci', audience: ['user:admin'], category: 'build', defaultPriority: 'low' };
    ({ key } = await server.createApp(admin, app));
  });

  function send(body: string | Buffer | FormData, type?: string, token = key): Promise<Answer> {
    const headers = { Authorization: `Bearer ${token}`, ...(type !== undefined && { 'Content-Type': type }) };
    return server.fetch(SEND, { method: 'POST', headers, body: body as string });
  }

  const SENT = { title: 'ci', category: 'build', priority: 'low', sender: 'ci', audience: ['user:admin'] };

  test.each<[string, string | FormData, string | undefined]>([
    ['JSON', '{"message":"Fertig: größer 🎉","version":1}', 'application/json'],
    ['a text', 'Fertig: größer 🎉\n', 'text/plain; charset=utf-8'],
    ['a form', new URLSearchParams({ message: 'Fertig: größer 🎉', other: 'x' }).toString(), FORM],
    ['a text with the type of a form', 'Fertig: größer 🎉', FORM],
    ['a form with empty fields', 'message=Fertig: größer 🎉&title=+&url=&key=&expiresAt=&data=&markdown=', FORM],
    ['a form with escapes', 'message=Fertig:%20gr%C3%B6%c3%9fer+%F0%9F%8E%89', FORM],
    ['a multipart form', formOf({ message: 'Fertig: größer 🎉', other: 'x' }), undefined],
  ])('may be %s with a message alone', async (_, body, type) => {
    const answer = await send(body, type);
    expect([answer.status, answer.body]).toEqual([
      201,
      { ...SENT, message: 'Fertig: größer 🎉', id: expect.any(String), createdAt: expect.any(String) },
    ]);
  });

  test.each<[string, string | FormData, string | undefined]>([
    ['JSON', '{"message":"m","title":"T","priority":5,"tags":["a","b"],"markdown":true}', 'application/json'],
    ['a form', 'message=m&title=T&priority=5&tags=a&tags=b&markdown=true', FORM],
    ['a multipart form', formOf({ message: 'm', title: 'T', priority: 'max', tags: 'a,b', markdown: '1' }), undefined],
  ])('may be %s with more fields', async (_, body, type) => {
    const full = { ...SENT, title: 'T', message: 'm', priority: 'high', tags: ['a', 'b'], markdown: true };
    expect((await send(body, type)).body).toMatchObject(full);
  });

  test.each([
    ['100% größer', 'message=100% größer'],
    ['%zz and \uFFFD', 'message=%zz+and+%EF%BF%BD'],
  ])('may be a form with the text %s', async (message, body) => {
    expect((await send(body, FORM)).body).toMatchObject({ message });
  });

  test('may be a multipart form with a file, which is ignored', async () => {
    const form = formOf({ message: 'm' });
    form.set('message2', new Blob(['x']), 'x.txt');
    expect((await send(form)).body).toMatchObject({ message: 'm' });
  });

  test.each([
    ['a long text', 'x'.repeat(20_000)],
    ['a NUL', 'a\0b'],
    ['half a surrogate', '\ud800'],
  ])('may have %s in fields that are ignored', async (_, text) => {
    const attachments = [{ filename: 'log.txt', base64: text }];
    const body = JSON.stringify({ message: 'm', attachments, constructor: text });
    for (const json of [body, `[${body}]`, `[${Array<string>(8).fill(body).join()}]`])
      expect((await send(json, 'application/json')).status).toBe(201);
    if (text.isWellFormed()) expect((await send(formOf({ message: 'm', html: text }))).status).toBe(201);
  });

  test('may be a list of lenient notifications', async () => {
    const answer = await send('[{"message":"a"},{"message":"b","priority":"urgent"}]', 'application/json');
    expect(answer.body).toMatchObject([
      { message: 'a', priority: 'low' },
      { message: 'b', priority: 'high' },
    ]);
  });

  const invalid = (reason: string) => [400, 'invalid_request', reason];
  const otherType = [415, 'unsupported_media_type'];

  test.each<[string, string | Buffer, string, (number | string)[]]>([
    ['has no message', '{"title":"T"}', 'application/json', invalid('required')],
    ['is blank', '  ', 'text/plain', invalid('required')],
    ['is not a form of its type', 'x', 'multipart/form-data; boundary=y', invalid('invalid_form')],
    [
      'ends within a part',
      '--y\r\nContent-Disposition: form-data; name="message"\r\n\r\nm',
      'multipart/form-data; boundary=y',
      invalid('invalid_form'),
    ],
    ['names no boundary', 'x', 'multipart/form-data', invalid('invalid_form')],
    ['is not UTF-8', Buffer.from([0x66, 0xfc, 0x72]), 'text/plain', invalid('invalid_form')],
    ['is a form that is not UTF-8', Buffer.from('message=f\xfcr', 'latin1'), FORM, invalid('invalid_form')],
    ['is a form with escapes that are not UTF-8', 'message=f%FCr', FORM, invalid('invalid_form')],
    [
      'is a multipart form that is not UTF-8',
      Buffer.from('--y\r\nContent-Disposition: form-data; name="message"\r\n\r\nf\xfcr\r\n--y--', 'latin1'),
      'multipart/form-data; boundary=y',
      invalid('invalid_form'),
    ],
    ['has a NUL', 'message=a%00b', FORM, invalid('control_characters')],
    ['has too many fields', 'a=1&'.repeat(101), FORM, invalid('invalid_form')],
    ['has a long text', 'x'.repeat(20_000), 'text/plain', invalid('too_long')],
    ['has an unknown priority', 'message=m&priority=9', FORM, invalid('not_one_of')],
    ['has a charset other than UTF-8', 'x', 'text/plain; charset=iso-8859-1', otherType],
    ['is a form with another charset', 'message=m', `${FORM}; charset=iso-8859-1`, otherType],
    ['is larger than 64 KB', 'x'.repeat(70_000), 'text/plain', [413, 'body_too_large', 'body_too_large']],
    ['has another type', 'x', 'application/xml', otherType],
  ])('is refused if it %s', async (_, body, type, expected) => {
    expect(codesOf(await send(body, type))).toEqual(expected);
  });

  test('must be JSON from users and for other calls', async () => {
    for (const type of ['text/plain', FORM]) {
      expect((await send('message=m', type, admin)).body).toMatchObject({ code: 'unsupported_media_type' });
      const headers = { Authorization: `Bearer ${admin}`, 'Content-Type': type };
      const other = await server.fetch('/api/apps', { method: 'POST', headers, body: 'name=x' });
      expect(other.body).toMatchObject({ code: 'unsupported_media_type' });
    }
  });

  test('is not read for a GET, whatever its Content-Type', async () => {
    for (const type of ['text/plain', FORM, 'multipart/form-data']) {
      const headers = { Authorization: `Bearer ${admin}`, 'Content-Type': type };
      for (const path of ['/api/notifications', '/health/ready'])
        expect([path, (await server.fetch(path, { headers })).status]).toEqual([path, 200]);
    }
  });

  test('is refused without a long turn of the event loop if it has a thousand parts', async () => {
    const part = '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n';
    const body = part.repeat(Math.floor(64_000 / part.length)) + '--y--';
    const refused = async (): Promise<void> =>
      expect(codesOf(await send(body, 'multipart/form-data; boundary=y'))).toEqual(invalid('invalid_form'));
    expect(await longestTurnMs(refused)).toBeLessThan(TURN_MAX_MS);
  });
});
