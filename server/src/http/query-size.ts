import type { FastifyInstance } from 'fastify';
import { invalidRequest } from '../validation/invalid-request.js';

/** Values in a query; the largest valid one has ten. The check for unknown fields takes quadratic time. */
const QUERY_VALUES_MAX = 50;

/** Refuses queries with too many fields, or too many values of one field, before they are parsed. */
export function refuseLongQueries(server: FastifyInstance): void {
  server.addHook('preValidation', ({ query }, _reply, done) => {
    const values = Object.values(query as Record<string, string | string[]>).flat();
    if (values.length <= QUERY_VALUES_MAX) done();
    else done(invalidRequest([{ field: 'query', reason: `query has more than ${QUERY_VALUES_MAX} values` }]));
  });
}
