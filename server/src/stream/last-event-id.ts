import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Where the client of an event stream was (WHATWG HTML, section 9.2.4); undefined without. The API's page describes it once. */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const id = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  return Array.isArray(id) ? id[0] : id;
});
