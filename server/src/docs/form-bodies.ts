import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation } from './openapi.js';

/** Marks an operation whose body may also be a text or a form. Its value is the path of the form's schema. */
export const FORM_SCHEMA = 'x-form-schema';
const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** Adds texts and forms to the operations that take them, since Nest gives all types of a body the same schema. */
export function addFormBodies(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    if (path.post === undefined) continue;
    const { [FORM_SCHEMA]: $ref, ...operation } = path.post as Operation &
      Record<typeof FORM_SCHEMA, string | undefined>;
    if ($ref !== undefined) path.post = withForms(operation, $ref);
  }
  return document;
}

function withForms(operation: Operation, $ref: string): Operation {
  const { requestBody } = operation;
  if (requestBody === undefined || '$ref' in requestBody) return operation;
  const text = { schema: { type: 'string', description: 'The message' } };
  const forms = FORM_TYPES.map((type) => [type, { schema: { $ref } }] as const);
  const content = { ...requestBody.content, 'text/plain': text, ...Object.fromEntries(forms) };
  return { ...operation, requestBody: { ...requestBody, content } };
}
