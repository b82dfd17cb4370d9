import type { Notification } from '@herald/protocol';
import { type Answer, formOf, useServer } from '../running-server.js';

type Expected = Partial<Notification>;

const FORM = 'application/x-www-form-urlencoded';
const LINK = 'https://a.example/1';

describe('the Slack door', () => {
  const server = useServer();
  let admin: string;
  let key: string;

  beforeAll(async () => {
    admin = await server.signIn();
    await server.request('PUT', '/api/auth/me/topics/builds', admin);
    const audience = ['user:admin', 'topic:builds'];
    const app = { name: 'ci', audience, category: 'ops', defaultPriority: 'low', tags: ['disk'] };
    ({ key } = await server.createApp(admin, app));
  });

  function push(body: unknown, path = `/slack/${key}`, type = 'application/json'): Promise<Answer> {
    const text = typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body);
    const headers: Record<string, string> = text instanceof FormData ? {} : { 'Content-Type': type };
    return server.fetch(path, { method: 'POST', headers, body: text });
  }

  const SENT = { sender: 'ci', category: 'ops', markdown: true };
  const attached = (fields: object, text?: string) => ({ text, attachments: [fields] });
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const button = (label: string, url?: string) => ({ type: 'button', text: { type: 'plain_text', text: label }, url });
  const header = { type: 'header', text: { type: 'plain_text', text: 'H' } };
  const blocks = (...list: object[]) => ({ blocks: list });
  const colored = (color: string) => attached({ title: 'T', text: 'm', color });

  test.each<[string, object, Expected, object?]>([
    [
      'a line: it is title and message, with the priority and tags of the app',
      { text: 'Größe 🎉' },
      {
        title: 'Größe 🎉',
        message: 'Größe 🎉',
        priority: 'low',
        tags: ['disk'],
        audience: ['user:admin', 'topic:builds'],
      },
    ],
    [
      'lines: the first is the title',
      { text: '*Build* 5\nfailed *badly*' },
      { title: 'Build 5', message: 'failed **badly**' },
    ],
    [
      'a first line with a link, which stays in the message',
      { text: `<${LINK}|Build 5> failed\nbadly` },
      { title: 'Build 5 failed', message: `[Build 5](${LINK}) failed\nbadly` },
    ],
    [
      'a first line that is too long for a title, which stays in the message',
      { text: `${'x'.repeat(201)}\ny` },
      { title: `${'x'.repeat(199)}…`, message: `${'x'.repeat(201)}\ny`, data: { cut: ['title'] } },
    ],
    [
      'code, with the name of the sender as the title',
      { text: '```\nx\n```', username: 'CI' },
      { title: 'CI', message: '```\nx\n```', data: { username: 'CI' } },
    ],
    ['code without another title', { text: '```\nx\n```' }, { title: 'ci', message: '```\nx\n```' }],
    ['a text that is not mrkdwn', { text: '*a*', mrkdwn: false }, { title: '*a*', message: String.raw`\*a\*` }],
    [
      'Markdown of Mattermost',
      { text: 'T\n**b** [x](https://a.example/)' },
      { title: 'T', message: '**b** [x](https://a.example/)' },
    ],
    [
      'emoji of the title, which become tags',
      { text: ':tada: Deployed :rocket:' },
      { title: 'Deployed', message: 'Deployed', tags: ['tada', 'rocket'] },
    ],
    ['times in the title', { text: 'at 10:30:15' }, { title: 'at 10:30:15', message: 'at 10:30:15', tags: ['disk'] }],
    [
      'the title, link and text of an attachment',
      attached({ title: 'T <b>', title_link: LINK, text: 'm' }),
      { title: 'T <b>', message: 'm', url: LINK },
    ],
    [
      'a text beside an attachment',
      attached({ title: 'T', text: 'm' }, 'first\nsecond'),
      { title: 'T', message: 'first\nsecond\n\nm' },
    ],
    ['a text before an attachment without a title', attached({ text: 'm' }, 'first'), { title: 'first', message: 'm' }],
    [
      'all texts of an attachment',
      attached({ title: 'T', pretext: 'p', author_name: 'a', text: 'm', footer: 'f', fallback: 'x' }),
      { title: 'T', message: 'p\n\na\n\nm\n\nf' },
    ],
    [
      'fields of an attachment',
      attached({ title: 'T', fields: [{ title: 'Host', value: '*db1*', short: true }, { title: 'Zone' }] }),
      { title: 'T', message: 'Host: **db1**\nZone' },
    ],
    ['an attachment with nothing but a title', attached({ title: 'T *x*' }), { title: 'T x', message: 'T x' }],
    [
      'the fallback of an attachment, if there is nothing else',
      attached({ fallback: 'f' }),
      { title: 'ci', message: 'f' },
    ],
    [
      'several attachments',
      { attachments: [{ title: 'A', text: 'a' }, { title: 'B', title_link: LINK, text: 'b' }, { title: 'C' }] },
      { title: 'A', message: `a\n\n**[B](${LINK})**\n\nb\n\n**C**`, url: LINK },
    ],
    ...['danger', '#E01E5A', '#a30200', '#D63232'].map((color): [string, object, Expected] => [
      `the color ${color}, which is high`,
      colored(color),
      { title: 'T', priority: 'high' },
    ]),
    ...['warning', '#daa038'].map((color): [string, object, Expected] => [
      `the color ${color}, which is medium`,
      colored(color),
      { title: 'T', priority: 'medium' },
    ]),
    ...['good', '#123456', 'constructor'].map((color): [string, object, Expected] => [
      `the color ${color}, which has the priority of the app`,
      colored(color),
      { title: 'T', priority: 'low' },
    ]),
    [
      'the worst color of several attachments',
      {
        attachments: [
          { text: 'a', color: 'warning' },
          { text: 'b', color: 'danger' },
        ],
      },
      { title: 'ci', message: 'a\n\nb', priority: 'high' },
    ],
    [
      'a header and sections',
      {
        text: 'fallback',
        ...blocks({ type: 'header', text: { type: 'plain_text', text: 'H *h*' } }, section('*m*'), { type: 'divider' }),
      },
      { title: 'H *h*', message: '**m**' },
    ],
    [
      'sections below the first line of the text',
      { text: 'T\nignored', ...blocks(section('m')) },
      { title: 'T', message: 'm' },
    ],
    [
      'fields and plain text of blocks',
      blocks({
        type: 'section',
        text: { type: 'plain_text', text: '*a*' },
        fields: [
          { type: 'mrkdwn', text: '*b*' },
          { type: 'plain_text', text: 'c' },
        ],
      }),
      { title: 'ci', message: String.raw`\*a\*` + '\n\n**b**\nc' },
    ],
    [
      'a context and Markdown',
      blocks(
        {
          type: 'context',
          elements: [
            { type: 'mrkdwn', text: '*a*' },
            { type: 'plain_text', text: 'b' },
          ],
        },
        { type: 'markdown', text: '**c**' },
      ),
      { title: 'ci', message: '**a** b\n\n**c**' },
    ],
    [
      'rich text',
      blocks({
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'a ', style: { bold: true } },
              { type: 'link', url: LINK, text: 'b' },
              { type: 'user', user_id: 'U1' },
              { type: 'emoji', name: 'tada' },
            ],
          },
          {
            type: 'rich_text_list',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'c' }] }],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: '*d*' }] },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'e' }] },
        ],
      }),
      { title: 'ci', message: `**a** [b](${LINK})@U1:tada:\n\n- c\n\n\`\`\`\n*d*\n\`\`\`\n\n> e` },
    ],
    [
      'buttons, of which the first that opens an address is the url',
      { text: 'T', ...blocks(section('m'), { type: 'actions', elements: [button('No'), button('Open', LINK)] }) },
      { title: 'T', message: 'm', url: LINK, actions: [{ label: 'Open', url: LINK }], data: { dropped: ['actions'] } },
    ],
    [
      'a button beside a section',
      blocks({ ...section('m'), accessory: button('Open', LINK) }),
      { title: 'ci', message: 'm', url: LINK, actions: [{ label: 'Open', url: LINK }] },
    ],
    [
      'buttons of an attachment',
      attached({
        title: 'T',
        text: 'm',
        title_link: 'https://a.example/t',
        actions: [{ type: 'button', text: 'Open', url: LINK }],
      }),
      { title: 'T', url: 'https://a.example/t', actions: [{ label: 'Open', url: LINK }] },
    ],
    [
      'an image and an icon',
      { ...attached({ text: 'm', image_url: 'i' }), icon_url: 'j' },
      { message: 'm', data: { image: 'i', icon: 'j' } },
    ],
    [
      'an image in blocks, with its title or else its text',
      blocks(
        section('m'),
        { type: 'image', image_url: 'i', title: { type: 'plain_text', text: 'CPU *1*' }, alt_text: 'x' },
        { type: 'image', image_url: 'j', alt_text: 'Memory' },
      ),
      { message: `m\n\n${String.raw`CPU \*1\*`}\n\nMemory`, data: { image: 'i' } },
    ],
    [
      'a header beside an attachment with a title',
      { ...blocks(header, section('m')), attachments: [{ title: 'T', text: 'a' }] },
      { title: 'T', message: '**H**\n\nm\n\na' },
    ],
    [
      'a header within an attachment with a title',
      attached({ title: 'T', pretext: 'p', ...blocks(header, section('m')) }),
      { title: 'T', message: 'p\n\n**H**\n\nm' },
    ],
    [
      'a header and an image without a title',
      { ...blocks(header), attachments: [{ image_url: 'i', fallback: 'f' }] },
      { title: 'H', message: 'f', data: { image: 'i' } },
    ],
    [
      'a name and an icon of the sender',
      { text: 'm', username: 'CI', icon_emoji: ':ghost:' },
      { data: { username: 'CI', icon: ':ghost:' } },
    ],
    ['a channel that the app may send to', { text: 'm', channel: '#builds' }, { audience: ['topic:builds'] }],
    ['a channel of Mattermost', { text: 'm', channel: 'builds' }, { audience: ['topic:builds'] }],
    ['a user that the app may send to', { text: 'm', channel: '@admin' }, { audience: ['user:admin'] }],
    [
      'another channel, which is dropped',
      { text: 'm', channel: '#deploys' },
      { audience: ['user:admin', 'topic:builds'], data: { dropped: ['channel'] } },
    ],
    [
      'a long message, which is cut',
      { text: `T\n${'m'.repeat(4001)}` },
      { message: `${'m'.repeat(3999)}…`, data: { cut: ['message'] } },
    ],
    [
      'an address that is none, which is dropped',
      attached({ title: 'T', text: 'm', title_link: 'javascript:1' }),
      { title: 'T', data: { dropped: ['url'] } },
    ],
    [
      'an address that is none beside a button, whose address is the url',
      attached({ title: 'T', text: 'm', title_link: '/x', actions: [button('Open', LINK)] }),
      { title: 'T', url: LINK, actions: [{ label: 'Open', url: LINK }], data: { dropped: ['url'] } },
    ],
    [
      'an address that is none before another attachment with one',
      {
        attachments: [
          { title: 'T', title_link: '/x' },
          { title: 'U', title_link: LINK },
        ],
      },
      { title: 'T', url: LINK, data: { dropped: ['url'] } },
    ],
    [
      'code that looks like an emoji, which stays',
      { text: 'run `:x:` done :tada:' },
      { title: 'run :x: done', message: 'run `:x:` done', tags: ['tada'] },
    ],
    [
      'fields that are of other types, which are ignored',
      { text: 'm', attachments: 'x', blocks: [1], username: {} },
      { message: 'm' },
    ],
  ])('takes %s', async (_, payload, expected) => {
    const answer = await push(payload);
    const stored = await server.newest(admin);
    expect([answer.status, answer.body]).toEqual([200, 'ok']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(stored).toMatchObject({ ...SENT, ...expected });
    expect([stored.data, stored.url, stored.actions]).toEqual([expected.data, expected.url, expected.actions]);
  });

  test.each<[string, string | FormData, string | undefined]>([
    ['a form', `payload=${encodeURIComponent('{"text":"für"}')}`, FORM],
    ['a multipart form', formOf({ payload: '{"text":"für"}' }), undefined],
    ['JSON with the type of a form', ' {"text":"für"}', FORM],
    ['JSON with the type of a text', '{"text":"für"}', 'text/plain'],
  ])('takes a payload in %s', async (_, body, type) => {
    expect((await push(body, `/slack/${key}`, type)).body).toBe('ok');
    expect(await server.newest(admin)).toMatchObject({ title: 'für', message: 'für' });
  });

  test.each(['/slack/', '/hooks/', '/services/T00/B00/', '/slack/tk_'])(
    'takes the key in the path %s',
    async (path) => {
      const text = `sent to ${path}`;
      expect((await push({ text }, path + key)).body).toBe('ok');
      expect((await server.newest(admin)).title).toBe(text);
    },
  );
});
