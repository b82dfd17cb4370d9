import type { FastifyInstance } from 'fastify';
import { InvalidRequestError } from '../validation/validation.pipe.js';

/** Values in a query; the fullest one has ten. Checking unknown fields takes time that grows with the square of their number. */
const QUERY_VALUES_MAX = 50;

/** Refuses queries with very many fields, or values of one field, before anything is made of them. */
export function refuseLongQueries(server: FastifyInstance): void {
  server.addHook('preValidation', ({ query }, _reply, done) => {
    const values = Object.values(query as Record<string, string | string[]>).flat();
    if (values.length <= QUERY_VALUES_MAX) done();
    else done(new InvalidRequestError([{ field: 'query', reason: `query has more than ${QUERY_VALUES_MAX} values` }]));
  });
}
