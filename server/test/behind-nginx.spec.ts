import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request, type RequestOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createPageServer } from '../src/page/page-server.js';
import { clientConfiguration, hasNginx, type Nginx, NGINX_MISSING, startNginx } from './nginx.js';
import { DRAFT, RunningServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

let Authorization = '';
/** Address of nginx, the only trusted proxy. Clients use another address. */
const VARIABLES = { TRUSTED_PROXIES: '127.0.0.1', MAX_CONNECTIONS_PER_ADDRESS: '1' };
const CLIENT = '127.0.0.2';
const [, snippet] = /```nginx\n([^`]*)```/.exec(readFileSync('README.md', 'utf8'))!;

(hasNginx ? describe : describe.skip).each(['README.md', 'the client image'])(
  `behind the nginx of %s${NGINX_MISSING}`,
  (configuration) => {
    let root: string;
    let server: RunningServer;
    let page: FastifyInstance;
    let nginx: Nginx;

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'herald-page-'));
      await writeFile(join(root, 'index.html'), '<title>Herald</title>');
      server = await RunningServer.start(VARIABLES);
      Authorization = `Bearer ${tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR })}`;
      page = await createPageServer({ root, environment: checkEnvironment(VARIABLES), api: server.http });
      await page.listen({ port: 0, host: '127.0.0.1' });
      const pageHost = `127.0.0.1:${(page.server.address() as AddressInfo).port}`;
      nginx = await startNginx((own) => {
        if (configuration === 'README.md')
          return `server { listen 127.0.0.1:${own}; ${snippet!.replace('127.0.0.1:3000', pageHost)} }`;
        return clientConfiguration({ own, root, serverAddress: server.host, resolver: '127.0.0.1' });
      });
    });

    afterAll(async () => {
      await nginx.stop();
      await Promise.all([page.close(), server.close()]);
      await rm(root, { recursive: true });
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
