import type { FastifyInstance } from 'fastify';
import { sendRefusal } from './refusal/send-refusal.js';
import { Refusal } from './refusal/refusal.js';

/**
 * Answers requests for other hosts with 421 (RFC 9110, section 15.5.20).
 * @param message says how to allow the host
 */
export function answerOnlyTo(
  isAnswered: (host: string | undefined) => boolean,
  message: string,
  server: FastifyInstance,
): void {
  const refusal = new Refusal(421, 'unknown_host', message, { headers: { Connection: 'close' } });
  server.addHook('onRequest', (request, reply, done) => {
    if (isAnswered(request.headers.host)) done();
    else sendRefusal(reply, refusal);
  });
}
