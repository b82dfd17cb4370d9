import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SenderCheck } from '../auth/sender-check.js';
import type { SendAllowance } from '../notifications/send-allowance.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Largest body of the route in bytes, if it differs from the usual limit. */
    bodyLimit?: number;
  }
}

/**
 * Gives routes their own limit by `@RouteConfig({ bodyLimit })`. A body is read before Nest's guards run, so the sender
 * of a request with a body over `usualLimit`, or of unknown length, is checked here. The server thus parses no large
 * body of an unknown sender, nor one that the sender's allowance does not cover.
 */
export function allowLargeBodies(
  server: FastifyInstance,
  usualLimit: number,
  senders: SenderCheck,
  sends: SendAllowance,
): void {
  server.addHook('onRoute', (route) => {
    const limit = route.config?.bodyLimit;
    if (limit === undefined) return;
    route.bodyLimit = limit;
    if (limit <= usualLimit) return;
    route.onRequest = async (request: FastifyRequest): Promise<void> => {
      const bytes = Number(request.headers['content-length'] ?? Infinity);
      if (bytes <= usualLimit) return;
      await sends.check(await senders.verify(request), Math.min(bytes, limit));
    };
  });
}
