import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * The `Last-Event-ID` of the request (WHATWG HTML, section 9.2.4), if any. `@ApiHeader` describes it, so Nest must not
 * do so again.
 */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const id = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  return Array.isArray(id) ? id[0] : id;
});
