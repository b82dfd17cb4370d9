import { HttpErrorResponse } from '@angular/common/http';
import type { ErrorAnswer } from '../../../../protocol/http';
import { type FieldFault, refused } from './refused';

export interface Refusal {
  /** One sentence for the person. */
  message: string;
  /** What to mend; empty when the fields are not at fault. */
  fields: readonly FieldFault[];
}

/**
 * What a failed request has to say.
 * @param unreachable the sentence when there was no answer, or a broken server's
 * @throws what was not an HTTP failure
 */
export async function refusalOf(error: unknown, unreachable: string): Promise<Refusal> {
  if (!(error instanceof HttpErrorResponse)) throw error;
  if (error.status === 0 || error.status >= 500) return { message: unreachable, fields: [] };
  return isAnswer(error.error)
    ? refused(error.error)
    : { message: $localize`:@@refusal.other:The server rejected the request.`, fields: [] };
}

/** Whether a body is a refusal by Herald, and not by a proxy before it. */
function isAnswer(body: unknown): body is ErrorAnswer {
  return typeof (body as Partial<ErrorAnswer> | null)?.code === 'string';
}

/** Whether the server has answered, and will not: asking again is of no use. */
export function isRefused(error: unknown): boolean {
  return error instanceof HttpErrorResponse && error.status >= 400 && error.status < 500;
}
