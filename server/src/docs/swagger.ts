import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { addEdgeRefusals } from './edge-refusals.js';
import { addFormBodies } from './form-bodies.js';
import { fillInId } from './fill-in-id.js';
import { operationId, withoutSuffixes } from './generated-names.js';

const descriptionAt = (basePath: string): string => `
Notifications in real time. **Try it:** sign in with \`POST /api/auth/login\`, copy \`access_token\` into **Authorize**,
then send with \`POST /api/notifications/send\`. Every page and program that is connected receives the notification at once.
The \`id\` of the notification that you sent, or of the first in a list, is filled into the operations below, so you can try
them from top to bottom.

A program gets a key of its own by \`POST /api/apps\`. It sends with \`Authorization: Bearer …\` and the key, with
\`X-Gotify-Key\`, or with the key as the password of Basic, and can do nothing else. With the scope
\`read\` a key takes the place of the token where you read your notifications.

### WebSocket
Connect to \`/ws\` (or \`/api/ws\`) with the same token, in one of these places:

1. the header \`Authorization: Bearer …\`
2. the sub-protocols \`herald.v1, bearer.…\` (browsers)
3. the query \`?token=…\` (curl and similar tools)

Without a valid token, the upgrade is refused with 401; a request that is not an upgrade is refused with 426. Frames are JSON
text, \`{"event": …, "data": …}\`. A client of \`herald.v1\` sends \`{"event":"hello"}\`, receives \`welcome\`, and then each
\`notification\`; every 30 s it sends \`{"event":"heartbeat"}\` and receives \`heartbeat_ack\`.
For clients that only listen, \`GET /api/notifications/stream\` is the same stream as Server-Sent Events.
[The whole protocol](${basePath}/docs/protocol) has a transcript.
`;

/** Serves Swagger UI at /docs and the OpenAPI document at /docs-json. */
export function setUpDocs(app: INestApplication, version: string, basePath: string): void {
  const config = new DocumentBuilder()
    .setTitle('Herald')
    .setDescription(descriptionAt(basePath))
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(basePath || '/')
    .addBearerAuth()
    .addBasicAuth({
      type: 'http',
      scheme: 'basic',
      description: 'The key of an app as the password, or a username and password',
    })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Gotify-Key', description: 'The key of an app' }, 'key')
    .addTag('auth', 'Sign-in, tokens, and the topics that you follow')
    .addTag('users', 'Accounts, for administrators')
    .addTag('apps', 'Programs that send or read with keys of their own')
    .addTag('preferences', 'Attention settings and saved filters')
    .addTag('notifications', 'Send notifications, now or later')
    .addTag('inbox', 'The notifications that you have received')
    .addTag('receipts', 'The notifications that you have sent, and the responses of their recipients')
    .addTag('operations', 'The state of the server')
    .addTag('sign-out', 'Sign-out. Listed last, since it revokes the token')
    .build();
  const options = { autoTagControllers: false, operationIdFactory: operationId };
  SwaggerModule.setup(
    'docs',
    app,
    () => withoutSuffixes(addFormBodies(addEdgeRefusals(SwaggerModule.createDocument(app, config, options)))),
    {
      customSiteTitle: 'Herald API',
      swaggerOptions: {
        // A stored token would outlive the sign-out, and the next person at this browser would find it.
        persistAuthorization: false,
        tryItOutEnabled: true,
        displayRequestDuration: true,
        responseInterceptor: fillInId,
        operationsSorter: deletionsLast,
      },
    },
  );
}

interface ListedOperation {
  get(key: 'method' | 'path'): string;
}

/** Sorts DELETE operations last, parts of a thing before the thing itself. Runs in the browser, like `fillInId`. */
function deletionsLast(one: ListedOperation, other: ListedOperation): number {
  const [isOne, isOther] = [one, other].map((operation) => operation.get('method') === 'delete');
  if (isOne !== isOther) return isOne === true ? 1 : -1;
  return isOne === true ? other.get('path').length - one.get('path').length : 0;
}
