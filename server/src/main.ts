import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Environment, EnvironmentError, readEnvironment } from './config/environment.js';
import { createApp } from './configure-app.js';
import { listen, ListenError } from './listen.js';
import { createPageServer } from './page/page-server.js';

const PAGE_ROOT = fileURLToPath(new URL('../../client/', import.meta.url));
/** In-flight requests have this long to finish once the server is told to stop. */
const DRAIN_MS = 10_000;

async function run(): Promise<void> {
  const environment = readEnvironment();
  const app = await createApp(environment);
  const { HOST, PORT, UI_PORT, SERVER_URL } = environment;
  // An image of the API alone has no page in it, and `npm run dev` serves its own.
  const page =
    UI_PORT !== 0 && existsSync(PAGE_ROOT)
      ? await createPageServer({ root: PAGE_ROOT, serverUrl: SERVER_URL, api: app.getHttpServer() })
      : undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([app.close(), page?.close()]);
  };
  try {
    await app.init();
    // Fastify listens itself: Nest would log its own words about a port that is taken.
    await listen(app.getHttpAdapter().getInstance(), 'PORT', PORT, HOST);
    if (page !== undefined) await listen(page, 'UI_PORT', UI_PORT, HOST);
  } catch (error) {
    await stop();
    throw error;
  }
  stopOnSignal(stop);
  announce(environment, page !== undefined);
}

/** The first signal drains; a second one has its usual effect and ends the process at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  const onSignal = (): void => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    stop().catch(fail);
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
}

function announce(environment: Environment, hasPage: boolean): void {
  const log = new Logger('Herald');
  const { PORT, UI_PORT } = environment;
  log.log(`API and WebSocket on http://localhost:${PORT}`);
  log.log(`Swagger UI on http://localhost:${PORT}/docs`);
  if (hasPage) log.log(`Page on http://localhost:${UI_PORT}`);
  if (environment.isDemoExposed) {
    log.warn('Everyone who can reach this machine knows its password or its secret; set ADMIN_PASSWORD and SECRET_KEY');
  }
}

/** What the operator can mend is said in a line a problem; anything else is a fault, with its stack. */
function fail(error: unknown): void {
  const isForOperator = error instanceof EnvironmentError || error instanceof ListenError;
  console.error(isForOperator ? error.message : error);
  process.exitCode = 1;
}

run().catch(fail);
