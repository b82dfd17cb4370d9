import type { FieldError } from '@herald/protocol';
import { Refusal } from '../http/refusal/refusal.js';

/** A request whose fields are missing, wrong or unknown. */
export function invalidRequest(details: FieldError[]): Refusal {
  return new Refusal(400, 'invalid_request', 'The request is not valid', { details });
}
