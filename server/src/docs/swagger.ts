import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { addEdgeRefusals } from './edge-refusals.js';
import { fillInId } from './fill-in-id.js';

const DESCRIPTION = `
Notifications in real time. **Try it:** sign in with \`POST /api/auth/login\`, copy \`access_token\` into **Authorize**,
then send with \`POST /api/notifications/send\`. Every page and program that is connected receives it at once.
What you send or list fills in the \`id\` of the operations below, so that they can be tried from top to bottom.

### WebSocket
Connect to \`/ws\` (or \`/api/ws\`) with the same token, in the first of these places that suits you:

1. header \`Authorization: Bearer …\`
2. sub-protocols \`herald.v1, bearer.…\` (browsers)
3. query \`?token=…\` (curl and friends)

Without a valid token the upgrade is answered with 401, and a request that is no upgrade with 426. Frames are JSON text, \`{"event": …, "data": …}\`.
A client of \`herald.v1\` says \`{"event":"hello"}\`, is answered with \`welcome\`, and then receives each
\`notification\`; it sends \`{"event":"heartbeat"}\` every 30 s and is answered with \`heartbeat_ack\`.
The same stream for those who only listen: \`curl -N\` on \`GET /api/notifications/stream\`.
[The whole protocol](/docs/protocol), with a transcript.
`;

/** Serves Swagger UI at /docs and the OpenAPI document at /docs-json. */
export function setUpDocs(app: INestApplication, version: string): void {
  const config = new DocumentBuilder()
    .setTitle('Herald')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addBearerAuth()
    .addTag('auth', 'Sign in, and what reaches me')
    .addTag('users', 'The accounts, for administrators')
    .addTag('preferences', 'What may draw my attention')
    .addTag('notifications', 'Send, now or later')
    .addTag('inbox', 'What I have received')
    .addTag('receipts', 'What has become of what I sent')
    .addTag('operations', 'For those who run the server')
    .addTag('sign-out', 'Last, since the token is good no longer')
    .build();
  SwaggerModule.setup(
    'docs',
    app,
    () => addEdgeRefusals(SwaggerModule.createDocument(app, config, { autoTagControllers: false })),
    {
      customSiteTitle: 'Herald API',
      swaggerOptions: {
        // The next person at this browser would find a stored token, even after the page was signed out.
        persistAuthorization: false,
        onComplete: forgetStoredToken,
        tryItOutEnabled: true,
        displayRequestDuration: true,
        responseInterceptor: fillInId,
        operationsSorter: whatRemovesLast,
      },
    },
  );
}

/** Removes a token that an earlier version stored. Runs in the browser, like `fillInId`. */
function forgetStoredToken(): void {
  (globalThis as unknown as { localStorage?: { removeItem(name: string): void } }).localStorage?.removeItem(
    'authorized',
  );
}

interface ListedOperation {
  get(key: 'method'): string;
}

/** Sorts DELETE operations last. Runs in the browser, like `fillInId`. */
function whatRemovesLast(one: ListedOperation, other: ListedOperation): number {
  return Number(one.get('method') === 'delete') - Number(other.get('method') === 'delete');
}
