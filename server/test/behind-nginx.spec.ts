import { once } from 'node:events';
import { type IncomingMessage, request, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Configuration, CONFIGURATIONS, hasNginx, type Nginx, NGINX_MISSING, startBefore } from './nginx.js';
import { type PagePort, startPagePort } from './page-port.js';
import { DRAFT, RunningServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

let Authorization = '';
/** Address of nginx, the only trusted proxy. Clients use another address. */
const VARIABLES = { TRUSTED_PROXIES: '127.0.0.1', MAX_CONNECTIONS_PER_ADDRESS: '1' };
const CLIENT = '127.0.0.2';

(hasNginx ? describe : describe.skip).each<Configuration>(CONFIGURATIONS)(
  `behind the nginx of %s${NGINX_MISSING}`,
  (configuration) => {
    let server: RunningServer;
    let page: PagePort;
    let nginx: Nginx;

    beforeAll(async () => {
      server = await RunningServer.start(VARIABLES);
      Authorization = `Bearer ${tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR })}`;
      page = await startPagePort(server.http, VARIABLES);
      nginx = await startBefore(page, server.host, configuration);
    });

    afterAll(async () => {
      await nginx.stop();
      await Promise.all([page.close(), server.close()]);
    });

    async function ask(
      path: string,
      { headers, ...options }: RequestOptions = {},
      body?: string,
    ): Promise<IncomingMessage> {
      const [host, port] = nginx.host.split(':');
      const asked = request({
        host,
        port,
        path,
        localAddress: CLIENT,
        agent: false,
        headers: { Authorization, ...(headers as object) },
        ...options,
      }).end(body);
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      return answer;
    }

    test('nginx serves the page and forwards the API', async () => {
      expect(await text(await ask('/inbox'))).toContain('<title>Herald</title>');
      expect((await ask('/api/auth/me')).statusCode).toBe(200);
    });

    test('nginx accepts a batch of 2 MB', async () => {
      const drafts = JSON.stringify(Array.from({ length: 520 }, () => ({ ...DRAFT, message: 'm'.repeat(4000) })));
      expect(drafts.length).toBeGreaterThan(2 * 1024 * 1024);
      const answer = await ask(
        '/api/notifications/send',
        { method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': drafts.length } },
        drafts,
      );
      answer.resume();
      expect(answer.statusCode).toBe(201);
    });

    test('nginx leaves it to the server which version of a template is replaced', async () => {
      const { id } = await server.createApp(Authorization.slice('Bearer '.length), {
        name: 'ci',
        audience: ['user:admin'],
      });
      const body = JSON.stringify({ title: 'a', message: 'b', example: {} });
      const put = async (condition: object): Promise<[number | undefined, { changedAt: string }]> => {
        const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length, ...condition };
        const answer = await ask(`/api/apps/${id}/templates/ci`, { method: 'PUT', headers }, body);
        return [answer.statusCode, JSON.parse(await text(answer)) as { changedAt: string }];
      };
      const [status, { changedAt }] = await put({ 'If-None-Match': '*' });
      expect([status, (await put({ 'If-None-Match': '*' }))[0]]).toEqual([200, 409]);
      const ifUnchanged = { 'If-Match': `"${changedAt}"` };
      expect([(await put(ifUnchanged))[0], (await put(ifUnchanged))[0]]).toEqual([200, 409]);
    });

    test('nginx answers HEAD of the event stream at once', async () => {
      const { statusCode, headers } = await ask('/api/notifications/stream', { method: 'HEAD' });
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream']);
    });

    test('nginx lets no client forge its address', async () => {
      const first = await ask('/api/notifications/stream', { headers: { 'X-Forwarded-For': '192.0.2.1' } });
      const second = await ask('/api/notifications/stream', { headers: { 'X-Forwarded-For': '192.0.2.2' } });
      expect([first.statusCode, second.statusCode]).toEqual([200, 429]);
      const closed = once(first, 'close');
      first.destroy();
      second.destroy();
      await closed;
    });
  },
);
