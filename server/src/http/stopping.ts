import type { FastifyInstance } from 'fastify';
import type { PlainConnections } from './plain-connections.js';

/**
 * Closes the port's connections when the server stops, and has each answer that is given meanwhile end its connection.
 * Node closes only those that have been answered: one that has sent nothing, or half a request, would hold up the stop.
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
