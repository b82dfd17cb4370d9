import type { FastifyInstance } from 'fastify';
import { InvalidRequestError } from '../validation/validation.pipe.js';

/** Objects and arrays within each other; whoever means well needs far less. */
const MAX_DEPTH = 32;
/** In one object; whoever means well needs far less. */
const MAX_FIELDS = 1000;

/**
 * Refuses bodies that would take too much to check: nested so deeply that recursion would exhaust the stack, or with
 * so many fields that the time, which grows with their square, would be felt by everybody.
 */
export function refuseOddBodies(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    const reason = faultOf(request.body, MAX_DEPTH);
    done(reason === undefined ? undefined : new InvalidRequestError([{ field: 'body', reason }]));
  });
}

function faultOf(value: unknown, levels: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `body is nested more than ${MAX_DEPTH} deep`;
  const inner = Object.values(value);
  if (!Array.isArray(value) && inner.length > MAX_FIELDS) return `an object in body has more than ${MAX_FIELDS} fields`;
  for (const one of inner) {
    const fault = faultOf(one, levels - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
