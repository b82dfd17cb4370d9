import { test as base } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { HeraldPage } from './herald-page.ts';
import { HeraldServer } from './herald-server.ts';
import { Sender } from './sender.ts';
import { WarmProcess } from './warm-process.ts';

interface Fixtures {
  /** Skips the test when there is no browser. */
  chromium: undefined;
  /** Environment of the server: `test.use({ serverEnv: { TOKEN_TTL_SECONDS: '60' } })`. */
  serverEnv: Record<string, string>;
  /** A fresh server for each test; `page.goto('/')` opens its page. */
  server: HeraldServer;
  /** The test's page, not opened yet. */
  herald: HeraldPage;
  /** Sends to the server without the page. */
  sender: Sender;
  /** A network to the server that the test can cut: `page.goto(network.pageUrl)`. */
  network: CuttingProxy;
}

interface WorkerFixtures {
  /** Runs the servers of this worker's tests. */
  warmProcess: WarmProcess;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  warmProcess: [
    async ({}, use) => {
      const warm = new WarmProcess();
      await use(warm);
      warm.end();
    },
    { scope: 'worker' },
  ],

  chromium: [
    async ({}, use, testInfo) => {
      testInfo.skip(findChromium() === undefined, 'there is no Chromium');
      await use(undefined);
    },
    { auto: true },
  ],

  serverEnv: [{}, { option: true }],

  server: async ({ serverEnv, warmProcess }, use, testInfo) => {
    const server = await HeraldServer.start(serverEnv, undefined, (environment) => warmProcess.run(environment));
    await use(server);
    await warmProcess.release();
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server log', { body: server.log });
  },

  baseURL: async ({ server }, use) => {
    await use(server.pageUrl);
  },

  herald: async ({ page }, use) => {
    await use(new HeraldPage(page));
  },

  sender: async ({ server }, use) => {
    await use(await Sender.signIn(server));
  },

  network: async ({ server }, use) => {
    const network = await CuttingProxy.to(server);
    await use(network);
    await network.close();
  },
});
