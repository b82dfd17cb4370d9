import type { FastifyInstance } from 'fastify';
import type { ErrorAnswer } from '../../../protocol/http.js';

/**
 * Answers requests for other hosts with 421 (RFC 9110, section 15.5.20).
 * @param message tells the person how to allow the host
 */
export function answerOnlyTo(
  isAnswered: (host: string | undefined) => boolean,
  message: string,
  server: FastifyInstance,
): void {
  const refusal: ErrorAnswer = { statusCode: 421, error: 'Misdirected Request', message };
  server.addHook('onRequest', (request, reply, done) => {
    if (isAnswered(request.headers.host)) done();
    else reply.code(421).header('Connection', 'close').send(refusal);
  });
}
