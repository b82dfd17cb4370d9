import type { FastifyInstance } from 'fastify';
import type { ErrorAnswer } from '../../../protocol/http.js';

/** Paths of the WebSocket. `/api/ws` is the reference system's other spelling. */
export const SOCKET_PATHS = ['/ws', '/api/ws'];

/** Answers plain requests to the WebSocket's paths with 426 (RFC 9110, section 15.5.22). */
export function requireUpgrade(server: FastifyInstance): void {
  const answer: ErrorAnswer = {
    statusCode: 426,
    error: 'Upgrade Required',
    message: 'Only WebSockets are opened here: send an upgrade request',
  };
  for (const path of SOCKET_PATHS) {
    server.all(path, (_request, reply) =>
      reply.code(426).headers({ Upgrade: 'websocket', Connection: 'Upgrade' }).send(answer),
    );
  }
}
