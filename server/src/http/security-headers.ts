import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/** Headers that keep browsers careful. helmet is built once: its plugin for Fastify builds it anew for each request. */
export function sendSecurityHeaders(server: FastifyInstance, options: HelmetOptions): void {
  const apply = helmet(options);
  server.addHook('onRequest', ({ raw: request }, { raw: response }, done) => {
    // What it can refuse are options, and those it has refused when it was built.
    apply(request, response, () => done());
  });
}
