import { CONFIGURATIONS, hasNginx, type Nginx, NGINX_MISSING, startBefore } from '../nginx.js';
import { PAGE, type PagePort, startPagePort } from '../page-port.js';
import { RunningServer } from '../running-server.js';

/** Topics of ntfy may have the name of the base path. */
const BASE_PATH = '/builds';
const ALERT = { commonLabels: { alertname: 'DiskFull' }, alerts: [{ annotations: { summary: 'Disk full' } }] };
const KEY = 'KEY';

/** A request by which programs send, with `KEY` for the key of their app. */
type Send = [method: string, path: string, body?: unknown];

const SENDS: Send[] = [
  ['POST', '/message?token=KEY', { message: 'm' }],
  ['POST', '/gotify/message?token=KEY', { message: 'm' }],
  ['POST', '/gotify//message?token=KEY', { message: 'm' }],
  ['POST', '/?auth=KEY', { topic: 'builds', message: 'm' }],
  ['PUT', '/?auth=KEY', { topic: 'builds', message: 'm' }],
  ['POST', '/builds?auth=KEY', 'm'],
  ['PUT', '/builds/7?auth=KEY', 'm'],
  ['PUT', '/archived?auth=KEY', 'm'],
  ['POST', '/ntfy?auth=KEY', { topic: 'builds', message: 'm' }],
  ['POST', '/ntfy/builds?auth=KEY', 'm'],
  ['GET', '/ntfy/builds/publish?auth=KEY&message=m'],
  ['POST', '/slack/KEY', { text: 'm' }],
  ['POST', '/hooks/KEY', { text: 'm' }],
  ['POST', '/services/T/B/KEY', { text: 'm' }],
  ['POST', '/hooks/KEY/alertmanager', ALERT],
];

const HEALTHY = { health: 'green', database: 'green' };
const ANSWERS: [path: string, answer: object][] = [
  ['/version', { version: '2.6.3' }],
  ['/gotify/version', { version: '2.6.3' }],
  ['/health', HEALTHY],
  ['/gotify/health', HEALTHY],
  ['/v1/health', { healthy: true }],
  ['/ntfy/v1/health', { healthy: true }],
];

const PAGE_PATHS = ['/', '/archived', '/n/7', '/compose', '/builds/publish?message=m', '/versions', '/messages'];

interface Way {
  name: string;
  /** Path below which Herald is, also where a proxy removes it. */
  basePath?: string;
  nginx?: (typeof CONFIGURATIONS)[number];
  /** Path after the host. */
  path?: string;
}

const WAYS: Way[] = [
  { name: 'the port of the page' },
  { name: 'the port of the page, below a path', basePath: BASE_PATH, path: BASE_PATH },
  { name: 'the port of the page, behind a proxy that removes a path', basePath: '/herald' },
  { name: `the nginx of README.md${NGINX_MISSING}`, nginx: 'README.md' },
  {
    name: `the nginx of README.md, below a path${NGINX_MISSING}`,
    nginx: 'README.md',
    basePath: BASE_PATH,
    path: BASE_PATH,
  },
  { name: `the nginx of the client image${NGINX_MISSING}`, nginx: 'the client image' },
];

for (const { name, basePath = '', nginx: configuration, path = '' } of WAYS) {
  (configuration === undefined || hasNginx ? describe : describe.skip)(`the doors, by ${name},`, () => {
    let server: RunningServer;
    let page: PagePort;
    let nginx: Nginx | undefined;
    let admin: string;
    let key: string;

    beforeAll(async () => {
      const variables = { BASE_PATH: basePath };
      server = await RunningServer.start(variables);
      page = await startPagePort(server.http, variables);
      nginx = configuration && (await startBefore(page, server.host, configuration, `${path}/`));
      admin = await server.signIn();
      ({ key } = await server.createApp(admin, {
        name: 'ci',
        audience: ['topic:builds', 'topic:archived', 'user:admin'],
      }));
      for (const topic of ['builds', 'archived']) await server.request('PUT', `/api/auth/me/topics/${topic}`, admin);
    });

    afterAll(async () => {
      await nginx?.stop();
      await page.close();
      await server.close();
    });

    function ask(method: string, at: string, body?: unknown): Promise<Response> {
      const auth = Buffer.from(`Bearer ${key}`).toString('base64url');
      const target = at.replace(`auth=${KEY}`, `auth=${auth}`).replace(KEY, key);
      const sent = typeof body === 'string' ? { body } : body === undefined ? {} : { body: JSON.stringify(body) };
      return fetch(`http://${nginx?.host ?? page.host}${path}${target}`, { method, ...sent });
    }

    test.each(SENDS)('take %s %s', async (...[method, at, body]) => {
      const { id } = await server.send(admin);
      const answer = await ask(method, at, body);
      expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining('<')]);
      const stored = await server.newest(admin);
      expect(stored.sender).toBe('ci');
      expect(stored.id > id).toBe(true);
    });

    test.each(ANSWERS)('answer GET %s', async (at, expected) => {
      const answer = await ask('GET', at);
      expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining(expected)]);
    });

    test.each(PAGE_PATHS)('leave GET %s to the page', async (at) => {
      const answer = await ask('GET', at);
      const html = PAGE.replace('href="/"', `href="${basePath}/"`);
      expect([answer.status, await answer.text()]).toEqual([200, html]);
    });

    test('refuse in their own words', async () => {
      const answer = await ask('POST', '/builds', 'm');
      expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ code: 40101 })]);
    });
  });
}

test('the port of the page answers as that of the API where all doors are closed', async () => {
  const closed = { GOTIFY_DOOR: 'closed', NTFY_DOOR: 'closed', SLACK_DOOR: 'closed', WEBHOOK_DOOR: 'closed' };
  const server = await RunningServer.start(closed);
  const page = await startPagePort(server.http, {});
  for (const [method, path] of SENDS) {
    const answer = await fetch(`http://${page.host}${path}`, { method });
    expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'unknown_path' })]);
  }
  await page.close();
  await server.close();
});
