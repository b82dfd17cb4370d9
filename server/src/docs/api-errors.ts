import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ErrorAnswerDto } from './error-answer.dto.js';

const MEANINGS = {
  400: 'A field is missing or wrong, or the body is not JSON; `details` names each field and the reason',
  401: 'No token, or one that has expired, was signed out or is not valid; at sign-in: the username or the password is wrong',
  403: 'Signed in, but not allowed; `details` names the field, if it is about one',
  404: 'There is no such thing',
  409: 'It conflicts with what is there: the name is taken, the limit is reached, there is nothing to confirm, or the Idempotency-Key was used for another request',
  413: 'The body is larger than 64 KB, or 4 MB where many can be sent at once',
  429: 'Too many sign-ins, connections, notifications sent, changes or Idempotency-Keys; `Retry-After` says how many seconds to wait',
  503: 'The server has as many connections as it may, or as many passwords to check; `Retry-After` says how many seconds to wait',
} as const;

/** Describes the refusals that an operation can answer with. */
export function ApiErrors(...statuses: (keyof typeof MEANINGS)[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, description: MEANINGS[status], type: ErrorAnswerDto })),
  );
}
