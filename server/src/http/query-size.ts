import type { FieldError } from '@herald/protocol';
import type { FastifyInstance } from 'fastify';
import { invalidRequest } from '../validation/invalid-request.js';

/** Values in a query; the largest valid one has ten. The check for unknown fields takes quadratic time. */
const QUERY_VALUES_MAX = 50;

const TOO_MANY: FieldError = {
  field: 'query',
  code: 'too_many_values',
  reason: `query has more than ${QUERY_VALUES_MAX} values`,
  params: { max: QUERY_VALUES_MAX },
};

/** Refuses queries with too many fields, or too many values of one field, before they are parsed. */
export function refuseLongQueries(server: FastifyInstance): void {
  server.addHook('preValidation', ({ query }, _reply, done) => {
    const values = Object.values(query as Record<string, string | string[]>).flat();
    if (values.length <= QUERY_VALUES_MAX) done();
    else done(invalidRequest([TOO_MANY]));
  });
}
