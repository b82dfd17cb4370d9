import { Logger, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RequestListener } from 'node:http';
import { AppModule } from './app.module.js';
import { SenderCheck } from './auth/sender-check.js';
import { trustedProxies } from './auth/trusted-proxies.js';
import { answeredHosts, UNANSWERED_HOST } from './config/answered-hosts.js';
import type { Environment } from './config/environment.js';
import { setUpDocs } from './docs/swagger.js';
import { HeraldWsAdapter } from './gateway/herald-ws.adapter.js';
import { requireUpgrade } from './gateway/upgrade/upgrade.js';
import { boundBytesInFlight } from './http/bytes-in-flight.js';
import { answerFrameworkError, ErrorFilter } from './http/error.filter.js';
import { answerOnlyTo } from './http/host-check.js';
import { readFormBodies } from './http/form-body.js';
import { createHttpServer } from './http/http-server.js';
import { readJsonBodies } from './http/json-body.js';
import { allowLargeBodies } from './http/large-bodies.js';
import { closeAfterUnreadBody } from './http/lingering-close.js';
import { PlainConnections } from './http/plain-connections.js';
import { checkQueries } from './http/query-check.js';
import { forbidCaching, sendSecurityHeaders } from './http/security-headers.js';
import { endConnectionsWhileStopping } from './http/stopping.js';
import { refuseUnreadable } from './http/unreadable-request.js';
import { openDoors } from './open-doors.js';
import { SendAllowance } from './notifications/send-allowance.js';
import { createPino, NestLogger } from './operations/logger.js';
import { logRequests } from './operations/request-log.js';
import { VERSION } from './operations/version.js';
import { openStore } from './repository/repository.module.js';
import { createValidationPipe } from './validation/validation.pipe.js';

const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * Creates the application, which does not listen yet; for main.ts and the tests.
 * @throws StoreError if the store can't be opened
 */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const { TRUSTED_PROXIES, MAX_HTTP_CONNECTIONS_PER_ADDRESS } = environment;
  const connections = new PlainConnections(MAX_HTTP_CONNECTIONS_PER_ADDRESS, TRUSTED_PROXIES);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    frameworkErrors: answerFrameworkError,
    return503OnClosing: false,
    clientErrorHandler: refuseUnreadable,
    trustProxy: TRUSTED_PROXIES !== '' && trustedProxies(TRUSTED_PROXIES),
    serverFactory: (serve: RequestListener) => createHttpServer(serve, connections, environment.BASE_PATH),
  });
  const pino = createPino(environment);
  const logger = new NestLogger(pino);
  // The store logs while it opens.
  Logger.overrideLogger(logger);
  const { storeAddress, historyLimits } = environment;
  const store = await openStore(storeAddress, historyLimits);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(environment, store), adapter, {
    logger,
    abortOnError: false,
    // `readJsonBodies` and `readFormBodies` parse bodies; Nest would parse HTML forms for every route.
    bodyParser: false,
  });
  const api = app.getHttpAdapter().getInstance();
  api.removeContentTypeParser('text/plain');
  logRequests(api, pino);
  sendSecurityHeaders(api, {
    contentSecurityPolicy: {
      // Swagger UI styles itself inline; its scripts are files.
      directives: {
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'upgrade-insecure-requests': null,
      },
    },
    hstsSeconds: environment.HSTS_SECONDS,
  });
  forbidCaching(api);
  answerOnlyTo(answeredHosts(environment), UNANSWERED_HOST, api);
  boundBytesInFlight(api);
  checkQueries(api);
  readJsonBodies(api);
  readFormBodies(api);
  allowLargeBodies(
    api,
    BODY_LIMIT_BYTES,
    app.get(SenderCheck, { strict: false }),
    app.get(SendAllowance, { strict: false }),
  );
  requireUpgrade(api);
  closeAfterUnreadBody(api);
  endConnectionsWhileStopping(api, connections);
  app.enableCors({
    origin: environment.FRONTEND_URL,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
  });
  app.setGlobalPrefix('api', {
    exclude: ['health/*path', 'docs/*path', 'metrics'].map((path) => ({ path, method: RequestMethod.GET })),
  });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ErrorFilter());
  app.useWebSocketAdapter(new HeraldWsAdapter(app));
  openDoors(app, environment);
  setUpDocs(app, VERSION, environment.BASE_PATH);
  return app;
}
