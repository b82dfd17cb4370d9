import { IDEMPOTENCY_KEY_MAX } from '@herald/protocol';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalidRequest } from '../validation/invalid-request.js';

const NAME = 'Idempotency-Key';

/** The header that makes a request safe to repeat; undefined if absent. @throws Refusal invalid_request */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (key.length === 0) throw invalidRequest([{ field: NAME, code: 'blank', reason: `${NAME} must not be empty` }]);
  if (typeof key === 'string' && key.length <= IDEMPOTENCY_KEY_MAX) return key;
  const reason = `${NAME} must have at most ${IDEMPOTENCY_KEY_MAX} characters`;
  throw invalidRequest([{ field: NAME, code: 'too_long', reason, params: { max: IDEMPOTENCY_KEY_MAX } }]);
});
