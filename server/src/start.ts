import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Environment } from './config/environment.js';
import { createApp } from './configure-app.js';
import { listen } from './listen.js';
import { createPageServer } from './page/page-server.js';

const PAGE_ROOT = fileURLToPath(new URL('../../client/', import.meta.url));

/** Herald as it listens. */
export interface StartedHerald {
  /** Port of the API and the WebSocket. */
  port: number;
  /** Whether UI_PORT answers with the page. */
  hasPage: boolean;
  /** Finishes the requests under way, says `bye` to live clients, and closes both ports. */
  stop: () => Promise<void>;
}

/**
 * Starts the API and, where its files are, the page.
 * @throws ListenError for a problem that the operator can solve; nothing listens any more then
 */
export async function startHerald(environment: Environment): Promise<StartedHerald> {
  const app = await createApp(environment);
  const { HOST, PORT, UI_PORT } = environment;
  // An image of the API alone has no page in it, and `npm run dev` serves its own.
  const page =
    UI_PORT !== 0 && existsSync(PAGE_ROOT)
      ? await createPageServer({ root: PAGE_ROOT, environment, api: app.getHttpServer() })
      : undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([app.close(), page?.close()]);
  };
  try {
    await app.init();
    // Fastify listens itself: Nest would log its own words about a port that is taken.
    const port = await listen(app.getHttpAdapter().getInstance(), 'PORT', PORT, HOST);
    if (page !== undefined) await listen(page, 'UI_PORT', UI_PORT, HOST);
    return { port, hasPage: page !== undefined, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
