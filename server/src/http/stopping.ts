import type { FastifyInstance } from 'fastify';
import type { PlainConnections } from './plain-connections.js';

/**
 * Closes the port's connections when the server stops; each answer sent meanwhile ends its connection. Node closes only
 * answered connections: a connection that has sent nothing, or half a request, would delay the stop.
 */
export function endConnectionsWhileStopping(server: FastifyInstance, connections: PlainConnections): void {
  let isStopping = false;
  server.addHook('preClose', (done) => {
    isStopping = true;
    connections.stop();
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping) reply.header('Connection', 'close');
    done();
  });
}
