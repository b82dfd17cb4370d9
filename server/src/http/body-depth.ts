import type { FastifyInstance } from 'fastify';
import { InvalidRequestError } from '../validation/validation.pipe.js';

/** Objects and arrays within each other; whoever means well needs far less. */
const MAX_DEPTH = 32;

/** Refuses bodies nested so deeply that checking them, which is done by recursion, would exhaust the stack. */
export function refuseDeepBodies(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    const isRefused = isDeeperThan(MAX_DEPTH, request.body);
    done(isRefused ? new InvalidRequestError([{ field: 'body', reason: `body is nested more than ${MAX_DEPTH} deep` }]) : undefined);
  });
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
