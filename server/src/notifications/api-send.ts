import { IDEMPOTENCY_KEY_MAX } from '@herald/protocol';
import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBasicAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiExtension,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  ApiSecurity,
  getSchemaPath,
} from '@nestjs/swagger';
import { FORM_SCHEMA } from '../docs/form-bodies.js';
import { AppNotificationDto } from './app-notification.dto.js';
import { NotificationDto } from './notification-answers.js';
import { ScheduledNotificationDto } from './scheduled-answers.js';
import { BATCH_MAX, SendNotificationDto } from './send-notification.dto.js';

const DESCRIPTION = `The answer comes once the notification is stored; recipients who are connected receive it at once. Administrators
may send to anyone, other users to users and to the topics that they follow. An app with its key sends under its own name, to
all of its audience unless \`audience\` names a part of it.

With the key of an app only \`message\` is required: the app's name and defaults stand for what is missing or blank, unknown fields
are ignored, and a title or message of up to 16,384 characters is cut if it is too long; \`data.cut\` names it. \`priority\` may also be a number from 1 to 5 or one of min, low, default, high, urgent and max, or \`type\` may be
Apprise's. The body may also be \`text/plain\`, \`application/x-www-form-urlencoded\` or \`multipart/form-data\` of up to 64 KB.

A list of 1 to ${BATCH_MAX} notifications is stored as a whole or not at all, and answered by a list in the same order. A refusal
names the notification at fault: \`[3].title\`. The body may have 4 MB.

A user may send 10 notifications a second (\`SENDS_PER_SECOND_PER_USER\`) together with their apps, in bursts of up to 1000.
Administrators have no limit, but each of their apps has this one. Beyond that, requests are refused with 429, and \`Retry-After\` says how many seconds to wait. Each notification of a list counts,
and a body counts at least once for each 64 KB. Notifications that are refused for their content count as well.

With the header \`Idempotency-Key\`, a request can be repeated for a day: it gets the answer of the first one, and nothing is sent
again, even if \`deliverAt\` or \`expiresAt\` has passed since. Keys are kept for up to 16 MB of a user's requests; beyond that, a
request with a new key is refused with 429.

With \`deliverAt\`, the notification is scheduled: it is stored now, and sent at that instant.`;

const BATCH_DESCRIPTION = `The same as \`POST /api/notifications/send\` with a list, which is always answered by a list. So a client that is generated
from this document has one type for the answer.`;

const ONE = { title: 'Test Notification', message: 'This is a test notification!', priority: 'high', category: 'test' };
const QUESTION = { ...ONE, requiresAck: true, actions: [{ label: 'Works', event: 'works' }] };
const TWO = { title: 'Backup done', message: '12 GB in 4 minutes.', priority: 'low', category: 'backup' };

/** Due half a year after the server started. */
const LATER = { ...ONE, deliverAt: new Date(Date.now() + 180 * 24 * 60 * 60 * 1000).toISOString() };

/** Swagger UI shows the first one. Its notification can be tried with every operation that takes an id. */
const EXAMPLES = {
  question: { summary: 'One, to be confirmed and answered', value: QUESTION },
  one: { summary: 'One', value: ONE },
  many: { summary: 'Many', value: [TWO, QUESTION] },
  later: { summary: 'Later', value: LATER },
};

const many = (dto: Type) => ({ type: 'array', items: { $ref: getSchemaPath(dto) }, minItems: 1, maxItems: BATCH_MAX });

/** Schema of one item, or of a list of them. */
const oneOrMany = (dto: Type) => ({ oneOf: [{ $ref: getSchemaPath(dto) }, many(dto)] });

/** Documents the credentials of a sender, and the key of a repeated request. */
function ApiSender(): MethodDecorator {
  return applyDecorators(
    ApiBasicAuth(),
    ApiSecurity('key'),
    ApiExtraModels(SendNotificationDto, AppNotificationDto, NotificationDto),
    ApiQuery({
      name: 'token',
      required: false,
      description: 'The key of an app, if `SEND_KEY_IN_QUERY` is `accepted`',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Makes the request safe to repeat. Use a key for one request only',
      schema: { type: 'string', maxLength: IDEMPOTENCY_KEY_MAX },
    }),
  );
}

/** Documents `send`, which accepts and returns one item or a list. */
export function ApiSend(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: 'Send a notification, or a list of them', description: DESCRIPTION }),
    ApiSender(),
    ApiExtension(FORM_SCHEMA, getSchemaPath(AppNotificationDto)),
    ApiBody({ schema: { anyOf: [oneOrMany(SendNotificationDto), oneOrMany(AppNotificationDto)] }, examples: EXAMPLES }),
    ApiAcceptedResponse({ description: 'The scheduled notification', type: ScheduledNotificationDto }),
    ApiCreatedResponse({
      description: 'The stored notification, or a list of them in the order of the request',
      schema: oneOrMany(NotificationDto),
    }),
  );
}

/** Documents `batch`, which accepts and returns a list. */
export function ApiSendBatch(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: 'Send a list of notifications', description: BATCH_DESCRIPTION }),
    ApiSender(),
    ApiBody({
      schema: { anyOf: [many(SendNotificationDto), many(AppNotificationDto)] },
      examples: { many: EXAMPLES.many },
    }),
    ApiCreatedResponse({
      description: 'The stored notifications, in the order of the request',
      schema: many(NotificationDto),
    }),
  );
}
