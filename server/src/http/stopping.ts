import type { FastifyInstance } from 'fastify';
import type { PlainConnections } from './plain-connections.js';
import { serverStopping } from './refusal/refusal.js';
import { sendRefusal } from './refusal/send-refusal.js';

/**
 * Closes the port's connections when the server stops; each answer sent meanwhile ends its connection, and new requests
 * are refused. Node closes only answered connections: a connection that has sent nothing, or half a request, would
 * delay the stop. The server needs `return503OnClosing: false`, since Fastify's own refusal has no code.
 */
export function endConnectionsWhileStopping(server: FastifyInstance, connections: PlainConnections): void {
  let isStopping = false;
  server.addHook('preClose', (done) => {
    isStopping = true;
    connections.stop();
    done();
  });
  server.addHook('onRequest', (_request, reply, done) => {
    if (isStopping) sendRefusal(reply, serverStopping());
    else done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping) reply.header('Connection', 'close');
    done();
  });
}
