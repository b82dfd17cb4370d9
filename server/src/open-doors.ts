import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SenderCheck } from './auth/sender-check.js';
import type { Environment } from './config/environment.js';
import { openDoor } from './ingest/door.js';
import { gotifyDoor } from './ingest/gotify/gotify-door.js';
import { ntfyDoor } from './ingest/ntfy/ntfy-door.js';
import { slackDoor } from './ingest/slack/slack-door.js';
import { webhookDoor } from './ingest/webhooks/webhook-door.js';
import { Sending } from './notifications/sending.js';
import { Store } from './repository/store.js';

/** Opens the doors for senders of other systems, except those that the environment closes. */
export function openDoors(app: NestFastifyApplication, environment: Environment): void {
  const api = app.getHttpAdapter().getInstance();
  const parts = {
    senders: app.get(SenderCheck, { strict: false }),
    sending: app.get(Sending, { strict: false }),
    store: app.get(Store, { strict: false }),
    takesKeyInQuery: environment.TOKEN_IN_QUERY === 'accepted',
  };
  if (environment.GOTIFY_DOOR === 'open') openDoor(api, gotifyDoor(parts));
  if (environment.NTFY_DOOR === 'open') openDoor(api, ntfyDoor(parts));
  if (environment.SLACK_DOOR === 'open') openDoor(api, slackDoor(parts));
  if (environment.WEBHOOK_DOOR === 'open') openDoor(api, webhookDoor(parts));
}
