import { test as base } from '@playwright/test';
import { HeraldServer } from './herald-server.ts';

interface Fixtures {
  /** Environment of the server: `test.use({ serverEnv: { TOKEN_TTL_SECONDS: '60' } })`. */
  serverEnv: Record<string, string>;
  /** A fresh server for this test; `page.goto('/')` opens its page. */
  server: HeraldServer;
}

export const test = base.extend<Fixtures>({
  serverEnv: [{}, { option: true }],

  server: async ({ serverEnv }, use, testInfo) => {
    const server = await HeraldServer.start(serverEnv);
    await use(server);
    await server.stop();
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server log', { body: server.log });
  },

  baseURL: async ({ server }, use) => {
    await use(server.pageUrl);
  },
});
