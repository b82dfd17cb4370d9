import type { FastifyInstance } from 'fastify';
import type { Logger as Pino } from 'pino';

/** One debug line for each request that was answered. */
export function logRequests(api: FastifyInstance, log: Pino): void {
  api.addHook('onResponse', (request, reply, done) => {
    const { method, url, ip } = request;
    log.debug({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ip }, 'request');
    done();
  });
}
