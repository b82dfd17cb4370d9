import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../http/refusal.js';
import { sendRefusal } from '../../http/send-refusal.js';

/** Paths of the WebSocket. `/api/ws` is the reference system's other spelling. */
export const SOCKET_PATHS = ['/ws', '/api/ws'];

/** Answers plain requests to the WebSocket's paths with 426 (RFC 9110, section 15.5.22). */
export function requireUpgrade(server: FastifyInstance): void {
  const refusal = new Refusal(426, 'upgrade_required', 'Only WebSockets are opened here: send an upgrade request', {
    headers: { Upgrade: 'websocket', Connection: 'Upgrade' },
  });
  for (const path of SOCKET_PATHS) {
    server.all(path, (_request, reply) => sendRefusal(reply, refusal));
  }
}
