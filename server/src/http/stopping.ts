import type { FastifyInstance } from 'fastify';

/**
 * Has each answer that is given while the server stops end its connection. Kept alive, the connection would hold up
 * the stop until it times out, since Node closes only those that are idle when the stop begins.
 */
export function endConnectionsWhileStopping(server: FastifyInstance): void {
  let isStopping = false;
  server.addHook('preClose', (done) => {
    isStopping = true;
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping) reply.header('Connection', 'close');
    done();
  });
}
