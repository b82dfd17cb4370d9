import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IDEMPOTENCY_KEY_MAX } from '../../../protocol/http.js';
import { invalidRequest } from '../validation/invalid-request.js';

/** The header that makes a request safe to repeat; undefined if absent. @throws Refusal invalid_request */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= IDEMPOTENCY_KEY_MAX) return key;
  throw invalidRequest([
    { field: 'Idempotency-Key', reason: `Idempotency-Key must have 1 to ${IDEMPOTENCY_KEY_MAX} characters` },
  ]);
});
