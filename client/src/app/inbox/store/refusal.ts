import { HttpErrorResponse } from '@angular/common/http';
import type { ErrorAnswer, FieldError } from '../../../../../protocol/http';
import { refused } from '../../language/refused';

export interface Refusal {
  /** One sentence for the person. */
  message: string;
  /** What to mend; empty when the fields are not at fault. */
  fields: readonly FieldError[];
}

/**
 * What a failed request has to say.
 * @param unreachable the sentence when there was no answer, or a broken server's
 * @throws what was not an HTTP failure
 */
export async function refusalOf(error: unknown, unreachable: string): Promise<Refusal> {
  if (!(error instanceof HttpErrorResponse)) throw error;
  if (error.status === 0 || error.status >= 500) return { message: unreachable, fields: [] };
  const answer = error.error as Partial<ErrorAnswer> | null;
  const said = answer?.message;
  const message = said === undefined ? $localize`:@@server.refused:The server did not take it.` : await refused(said);
  return { message, fields: answer?.details ?? [] };
}

/** Whether the server has answered, and will not: asking again is of no use. */
export function isRefused(error: unknown): boolean {
  return error instanceof HttpErrorResponse && error.status >= 400 && error.status < 500;
}
