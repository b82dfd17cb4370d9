import type { OpenAPIObject } from '@nestjs/swagger';
import { describe, type Status } from './api-errors.js';
import type { Operation } from './openapi.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Adds to each operation the refusals that happen before its controller, by the shape of its request. */
export function addEdgeRefusals(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined)
        for (const status of edgeStatuses(operation)) operation.responses[status] ??= describe(status);
    }
  }
  return document;
}

function edgeStatuses({ parameters = [], requestBody, security = [] }: Operation): Status[] {
  const statuses: Status[] = [400, 421, 429, 503];
  // A key without the right scope is refused with 403.
  if (security.length > 0) statuses.push(403);
  if (parameters.some((parameter) => 'in' in parameter && parameter.in === 'path')) statuses.push(414);
  if (requestBody !== undefined) statuses.push(413, 415);
  return statuses;
}
