import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ExpectedTemplate } from '../repository/app-template-repository.js';
import { invalidRequest } from '../validation/invalid-request.js';

/**
 * The version that a request expects to replace: none with `If-None-Match: *`, one with `If-Match: "<changedAt>"`;
 * undefined without these headers. @throws Refusal invalid_request
 */
export const Expected = createParamDecorator((_: unknown, context: ExecutionContext): ExpectedTemplate | undefined => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return expectedTemplate(headers['if-none-match'], headers['if-match']);
});

function expectedTemplate(noneMatch: string | undefined, match: string | undefined): ExpectedTemplate | undefined {
  if (noneMatch === undefined) return match === undefined ? undefined : versionIn(match);
  const field = 'If-None-Match';
  if (match !== undefined) {
    const reason = `${field} must not be given together with If-Match`;
    throw invalidRequest([{ field, code: 'excluded', reason, params: { other: 'If-Match' } }]);
  }
  if (noneMatch === '*') return null;
  throw invalidRequest([{ field, code: 'not_one_of', reason: `${field} must be *`, params: { allowed: '*' } }]);
}

function versionIn(match: string): string {
  const version = /^"(.+)"$/.exec(match)?.[1];
  if (version !== undefined) return version;
  const reason = 'If-Match must be the changedAt of a template, in double quotes';
  throw invalidRequest([{ field: 'If-Match', code: 'not_an_instant', reason }]);
}
