import type { FastifyInstance } from 'fastify';
import type { Logger as Pino } from 'pino';

/** Writes one debug line for each answered request. */
export function logRequests(api: FastifyInstance, log: Pino): void {
  api.addHook('onResponse', (request, reply, done) => {
    const { method, url, ip } = request;
    log.debug({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ip }, 'request');
    done();
  });
}
