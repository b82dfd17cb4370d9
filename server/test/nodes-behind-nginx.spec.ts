import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createApp } from '../src/configure-app.js';
import { freePort } from './chaos/server-process.js';
import { startNameServer } from './name-server.js';
import { clientConfiguration, hasNginx, type Nginx, NGINX_MISSING, startNginx } from './nginx.js';

const ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];
const REQUESTS = 60;

(hasNginx ? describe : describe.skip)(`the client image's nginx before several servers${NGINX_MISSING}`, () => {
  const nodes: NestFastifyApplication[] = [];
  let names: Awaited<ReturnType<typeof startNameServer>>;
  let nginx: Nginx;

  beforeAll(async () => {
    const port = await freePort();
    for (const address of ADDRESSES) {
      const node = await createApp(checkEnvironment({ LOG_LEVEL: 'error' }));
      await node.listen(port, address);
      nodes.push(node);
    }
    names = await startNameServer(ADDRESSES);
    nginx = await startNginx((own) =>
      clientConfiguration({ own, root: '/nowhere', serverAddress: `nodes.test:${port}`, resolver: names.address }),
    );
  });

  afterAll(async () => {
    await nginx.stop();
    names.stop();
    await Promise.all(nodes.map((node) => node.close()));
  });

  /** Sends requests. @returns how many each server got */
  async function spread(): Promise<number[]> {
    const counts = nodes.map(() => 0);
    nodes.forEach((node, index) => {
      node.getHttpServer().on('request', () => (counts[index]! += 1));
    });
    for (let n = 0; n < REQUESTS; n++) expect((await fetch(`http://${nginx.host}/health/ready`)).status).toBe(200);
    return counts;
  }

  test('spreads the requests over all of them, and passes over one that is gone', async () => {
    expect(Math.min(...(await spread()))).toBeGreaterThan(0);
    await nodes[1]!.close();
    const [first, second, third] = await spread();
    expect([first! + third!, second]).toEqual([REQUESTS, 0]);
  });
});
