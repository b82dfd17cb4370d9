import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Announcement } from './announce.js';
import type { Environment } from './config/environment.js';
import { createApp } from './configure-app.js';
import { listen } from './listen.js';
import { Store } from './repository/store.js';
import { Readiness } from './operations/readiness.js';
import { createPageServer } from './page/page-server.js';

const PAGE_ROOT = fileURLToPath(new URL('../../client/', import.meta.url));

/** A running Herald. */
export interface StartedHerald {
  announcement: Announcement;
  /** Makes `/health/ready` fail, and goes on serving. */
  drain: () => void;
  /** Finishes the requests in flight, sends `bye` to connected clients, and closes both ports. */
  stop: () => Promise<void>;
}

/**
 * Starts the API and, if its files exist, the page.
 * @throws ListenError for a problem that the operator can solve; then no port is open
 */
export async function startHerald(environment: Environment): Promise<StartedHerald> {
  const app = await createApp(environment);
  const { HOST, PORT, UI_PORT } = environment;
  // The API's container image has no page, and `npm run dev` serves its own.
  const page =
    UI_PORT !== 0 && existsSync(PAGE_ROOT)
      ? await createPageServer({ root: PAGE_ROOT, environment, api: app.getHttpServer() })
      : undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([app.close(), page?.close()]);
  };
  try {
    await app.init();
    // Fastify listens directly: Nest would log its own message about a port in use.
    const port = await listen(app.getHttpAdapter().getInstance(), 'PORT', PORT, HOST);
    if (page !== undefined) await listen(page, 'UI_PORT', UI_PORT, HOST);
    const { place, risk } = app.get(Store);
    return {
      announcement: { port, place, risk, hasPage: page !== undefined },
      drain: () => app.get(Readiness, { strict: false }).drain(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
