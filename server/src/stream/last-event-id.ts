import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * The `Last-Event-ID` of the request (WHATWG HTML, section 9.2.4), or else the parameter `lastEventId`, since a new
 * `EventSource` of a browser can't send the header. `@ApiHeader` and `@ApiQuery` describe them, so Nest must not do so
 * again.
 */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const { headers, query } = context.switchToHttp().getRequest<FastifyRequest>();
  const inQuery = (query as { lastEventId?: string | string[] }).lastEventId;
  // A client that has received no event yet may send an empty one.
  return [headers['last-event-id'], inQuery].flat().find((id) => id !== undefined && id !== '');
});
