import type { FieldError } from '@herald/protocol';
import type { FastifyInstance } from 'fastify';
import { faultOfTexts } from './text-faults.js';
import { invalidRequest } from '../validation/invalid-request.js';

/** Values in a query; the largest valid one has ten. The check for unknown fields takes quadratic time. */
const QUERY_VALUES_MAX = 50;

const TOO_MANY: FieldError = {
  field: 'query',
  code: 'too_many_values',
  reason: `query has more than ${QUERY_VALUES_MAX} values`,
  params: { max: QUERY_VALUES_MAX },
};

/**
 * Refuses queries with too many fields, or too many values of one field, before they are parsed; and texts of a query or
 * a path that are malformed, as in bodies.
 */
export function checkQueries(server: FastifyInstance): void {
  server.addHook('preValidation', ({ query, params }, _reply, done) => {
    const values = Object.values(query as Record<string, string | string[]>).flat();
    const fault = values.length > QUERY_VALUES_MAX ? TOO_MANY : (faultOfTexts(query) ?? faultOfTexts(params));
    if (fault === undefined) done();
    else done(invalidRequest([fault]));
  });
}
