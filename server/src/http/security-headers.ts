import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

export interface SecurityHeaders {
  contentSecurityPolicy: HelmetOptions['contentSecurityPolicy'];
  /** Time for which browsers use only https for this host; 0: the header is not sent. */
  hstsSeconds: number;
}

/** Sends security headers. helmet is built once here; its Fastify plugin would rebuild it for each request. */
export function sendSecurityHeaders(
  server: FastifyInstance,
  { contentSecurityPolicy, hstsSeconds }: SecurityHeaders,
): void {
  const strictTransportSecurity = hstsSeconds > 0 && { maxAge: hstsSeconds, includeSubDomains: false };
  const apply = helmet({ contentSecurityPolicy, strictTransportSecurity });
  server.addHook('onRequest', ({ raw: request }, { raw: response }, done) => {
    // helmet fails only for invalid options, which it checked when it was built.
    apply(request, response, () => done());
  });
}

/** Keeps answers out of browsers' caches, where the next person at the computer could read them. */
export function forbidCaching(server: FastifyInstance): void {
  server.addHook('onRequest', ({ url }, reply, done) => {
    // The documentation has no personal data.
    reply.header('Cache-Control', url.startsWith('/docs') ? 'no-cache' : 'no-store');
    done();
  });
}
