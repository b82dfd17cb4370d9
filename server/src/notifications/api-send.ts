import { IDEMPOTENCY_KEY_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  getSchemaPath,
} from '@nestjs/swagger';
import { NotificationDto } from './notification-answers.js';
import { ScheduledNotificationDto } from './scheduled-answers.js';
import { BATCH_MAX, SendNotificationDto } from './send-notification.dto.js';

const DESCRIPTION = `Answered once it is stored; those of the audience who are connected receive it at once. An administrator
may send to anyone; everybody else to users, and to the topics that they follow.

An array of 1 to ${BATCH_MAX} is stored as a whole or not at all, and answered by an array in the same order. A refusal names
the one at fault: \`[3].title\`. The body may be 4 MB.

Everybody but administrators may send 10 a second (\`SENDS_PER_SECOND_PER_USER\`), in bursts of up to 1000;
beyond that it is refused with 429, and \`Retry-After\` says how many seconds to wait. Of an array each counts, and a body
counts at least once for each 64 KB. What is refused for its content counts as well.

With the header \`Idempotency-Key\` a request can be repeated for a day: it is answered as the first time, and nothing is sent
again, also when \`deliverAt\` or \`expiresAt\` has passed meanwhile. Keys are kept up to 16 MB of requests; beyond that a new
one is refused with 429. With \`deliverAt\` one is kept until then.`;

const ONE = { title: 'Test Notification', message: 'This is a test notification!', priority: 'high', category: 'test' };
const QUESTION = { ...ONE, requiresAck: true, actions: [{ label: 'Works', event: 'works' }] };
const TWO = { title: 'Backup done', message: '12 GB in 4 minutes.', priority: 'low', category: 'backup' };

/** Due half a year after the server started. */
const LATER = { ...ONE, deliverAt: new Date(Date.now() + 180 * 24 * 60 * 60 * 1000).toISOString() };

/** The first one suits every operation that takes an id. */
const EXAMPLES = {
  question: { summary: 'One, to be confirmed and answered', value: QUESTION },
  one: { summary: 'One', value: ONE },
  many: { summary: 'Many', value: [ONE, TWO] },
  later: { summary: 'Later', value: LATER },
};

/** Schema of one item, or of an array of them. */
const oneOrMany = (dto: typeof SendNotificationDto) => ({
  oneOf: [
    { $ref: getSchemaPath(dto) },
    { type: 'array', items: { $ref: getSchemaPath(dto) }, minItems: 1, maxItems: BATCH_MAX },
  ],
});

/** Documents `send`, which accepts and returns one item or an array. */
export function ApiSend(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: 'Send one, or many at once', description: DESCRIPTION }),
    ApiExtraModels(SendNotificationDto, NotificationDto),
    ApiBody({ schema: oneOrMany(SendNotificationDto), examples: EXAMPLES }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Names the request, so that it may be repeated',
      schema: { type: 'string', maxLength: IDEMPOTENCY_KEY_MAX },
    }),
    ApiAcceptedResponse({ description: 'To be sent later, as it was planned', type: ScheduledNotificationDto }),
    ApiCreatedResponse({
      description: 'As stored; of many an array, in their order',
      schema: oneOrMany(NotificationDto),
    }),
  );
}
