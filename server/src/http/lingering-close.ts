import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LINGER_MS } from './refusal/socket-refusal.js';

/**
 * Makes an answer the last one of its connection if the body of the request has not arrived, since nobody reads that
 * body. An answer that is sent at once may also close the connection of a small body.
 */
export function closeAfterUnreadBody(server: FastifyInstance): void {
  server.addHook('onSend', ({ raw }, reply, _payload, done) => {
    if (!raw.complete && hasBody(raw)) reply.header('Connection', 'close');
    done();
  });
}

/**
 * Call it when an answer is finished, before Node's own listener. If the answer is the last one and the body of its
 * request has not arrived, the connection closes in two steps, as RFC 9112, section 9.6, recommends: first the server's
 * side, and the other when the client has closed its own, or 2 s later. Data that arrives meanwhile is discarded. A
 * close of both sides would reset the connection, and the client could lose the answer.
 */
export function closeLingering(request: IncomingMessage, response: ServerResponse): void {
  const isLast = !response.shouldKeepAlive || response.getHeader('connection') === 'close';
  if (request.complete || !isLast) return;
  const { socket } = request;
  // Node's HTTP server calls this after the last answer of a connection.
  socket.destroySoon = () => {
    socket.end();
    const timeout = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timeout));
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
