import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ErrorAnswerDto } from './error-answer.dto.js';
import type { Headers, Response } from './openapi.js';

const MEANINGS = {
  400: "A field is missing or wrong, or the request can't be read; `details` lists the fields, each with its code and reason",
  401: 'No token, key or ticket, or one that has expired, was revoked or is not valid; or the username or the password is wrong',
  403: 'The user may not do this, or the key of an app or a page of this origin may not; `details` names the field at fault, if there is one',
  404: 'It does not exist, or this user may not see it',
  409: 'It conflicts with the current state: the name is or was in use, someone else has changed it meanwhile, a limit is reached, there is nothing to confirm, or the Idempotency-Key was used for another request',
  413: 'The body is larger than 64 KB, 4 KB at sign-in, or 4 MB for a list of notifications',
  414: 'A value in the path is longer than 100 characters',
  415: 'The body is not `application/json` in UTF-8, nor a text or form that an app sends',
  421: 'The server does not answer to this host; a development server on a loopback address answers to local names only',
  429: 'Too many sign-ins, tickets, connections, notifications, changes or Idempotency-Keys, or too many bytes in flight from and to this address; `Retry-After` says how many seconds to wait',
  503: 'The server has reached its limit of connections, of passwords to check or of bytes in flight, or its store does not answer, or it is stopping; `Retry-After` says how many seconds to wait',
} as const;

export type Status = keyof typeof MEANINGS;

const RETRY_AFTER: Headers = {
  'Retry-After': { description: 'Seconds to wait', required: true, schema: { type: 'integer' } },
};

const HEADERS: Partial<Record<Status, Headers>> = {
  401: {
    'WWW-Authenticate': {
      description: '`Bearer`, where a token is at fault; `Basic`, where Basic is',
      schema: { type: 'string' },
    },
  },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** Describes the refusals of an operation. */
export function ApiErrors(...statuses: Status[]): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(ErrorAnswerDto),
    ...statuses.map((status) => ApiResponse({ status, ...describe(status) })),
  );
}

export function describe(status: Status): Response {
  const schema = { $ref: getSchemaPath(ErrorAnswerDto) };
  return { description: MEANINGS[status], headers: HEADERS[status], content: { 'application/json': { schema } } };
}
