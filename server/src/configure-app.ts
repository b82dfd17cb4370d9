import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage } from 'node:http';
import { AppModule } from './app.module.js';
import { TokenService } from './auth/token.service.js';
import { trustedProxies } from './auth/trusted-proxies.js';
import type { Environment } from './config/environment.js';
import { setUpDocs } from './docs/swagger.js';
import { HeraldWsAdapter } from './gateway/herald-ws.adapter.js';
import { requireUpgrade } from './gateway/upgrade-required.js';
import { answerFrameworkError, ErrorFilter } from './http/error.filter.js';
import { readJsonBodies } from './http/json-body.js';
import { allowLargeBodies } from './http/large-bodies.js';
import { refuseLongQueries } from './http/query-size.js';
import { sendSecurityHeaders } from './http/security-headers.js';
import { endConnectionsWhileStopping } from './http/stopping.js';
import { createPino, NestLogger } from './operations/logger.js';
import { logRequests } from './operations/request-log.js';
import { VERSION } from './operations/version.js';
import { createValidationPipe } from './validation/validation.pipe.js';

const BODY_LIMIT_BYTES = 64 * 1024;
/** A request must be complete by then, so that slow ones can't pile up. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How often those limits are looked at; Node's own 30 s would leave a slow one three times as long. */
const TIMEOUT_CHECK_MS = 1000;

/** The application as it runs, up to but without listening: the same for main.ts and for the tests. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    frameworkErrors: answerFrameworkError,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: environment.TRUSTED_PROXIES !== '' && trustedProxies(environment.TRUSTED_PROXIES),
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      shouldUpgradeCallback: wantsWebSocket,
    },
  });
  const pino = createPino(environment);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(environment), adapter, {
    logger: new NestLogger(pino),
    abortOnError: false,
    // JSON has a reader of its own; Nest would add one for HTML forms, which nothing here speaks.
    bodyParser: false,
  });
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  refuseLongQueries(app.getHttpAdapter().getInstance());
  readJsonBodies(app.getHttpAdapter().getInstance());
  logRequests(app.getHttpAdapter().getInstance(), pino);
  allowLargeBodies(app.getHttpAdapter().getInstance(), BODY_LIMIT_BYTES, app.get(TokenService, { strict: false }));
  requireUpgrade(app.getHttpAdapter().getInstance());
  endConnectionsWhileStopping(app.getHttpAdapter().getInstance());
  sendSecurityHeaders(app.getHttpAdapter().getInstance(), {
    contentSecurityPolicy: {
      // Swagger UI styles itself inline; its scripts are files.
      directives: { 'script-src': ["'self'"], 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null },
    },
  });
  app.enableCors({
    origin: environment.FRONTEND_URL,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
  });
  app.setGlobalPrefix('api', {
    exclude: ['health', 'docs'].map((path) => ({ path: `${path}/*path`, method: RequestMethod.GET })),
  });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ErrorFilter());
  app.useWebSocketAdapter(new HeraldWsAdapter(app));
  setUpDocs(app, VERSION);
  return app;
}

/** Other upgrades on offer (h2c, say) are declined by answering as usual (RFC 9110, section 7.8). */
export function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
