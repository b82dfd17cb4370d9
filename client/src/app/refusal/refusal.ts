import { HttpErrorResponse } from '@angular/common/http';
import type { ErrorAnswer } from '@herald/protocol';

/** A field at fault. */
export interface FieldFault {
  /** As the server names it: `title`, `actions.1.label`. */
  field: string;
  /** One sentence for the person. */
  reason: string;
}

/** The server refused a request, or did not answer it. The message is one sentence for the person. */
export class Refused extends Error {
  override readonly name = 'Refused';

  /**
   * @param fields to mend; empty when no field is at fault
   * @param isTemporary the same request may succeed later: the server did not answer, or has too much to do
   */
  constructor(
    message: string,
    readonly fields: readonly FieldFault[] = [],
    readonly isTemporary = false,
  ) {
    super(message);
  }
}

/**
 * The refusal of a failed request. A 503 with a code is an answer: the server is busy, for instance, and has done nothing.
 * After any other answer of 5xx, or none, it is not known what was done.
 * @param unreachable the sentence for that
 * @throws the error itself if no HTTP request caused it
 */
export async function refusalOf(error: unknown, unreachable: string): Promise<Refused> {
  if (!(error instanceof HttpErrorResponse)) throw error;
  const { status, error: body } = error as { status: number; error: unknown };
  const isOwn = isRefusal(body);
  if (status === 0 || (status >= 500 && !(status === 503 && isOwn))) return new Refused(unreachable, [], true);
  const isTemporary = !isRefused(error);
  return isOwn
    ? inWords(body, isTemporary)
    : new Refused($localize`:@@refusal.other:The server rejected the request.`, [], isTemporary);
}

/**
 * A refusal in the person's language. The words are loaded on demand, since most people never see a refusal; if that
 * fails, the server's English stays.
 */
async function inWords(answer: ErrorAnswer, isTemporary: boolean): Promise<Refused> {
  const { message, details = [] } = answer;
  try {
    const { fieldWords, refusalWords } = await import('./refusal-words');
    const fields = details.map((fault) => ({ field: fault.field, reason: fieldWords(fault) }));
    return new Refused(refusalWords(answer), fields, isTemporary);
  } catch {
    return new Refused(message, details, isTemporary);
  }
}

function isRefusal(body: unknown): body is ErrorAnswer {
  return typeof (body as Partial<ErrorAnswer> | null)?.code === 'string';
}

/** Whether the server would refuse the same request again. After a 429 it may not. */
export function isRefused(error: unknown): boolean {
  return error instanceof HttpErrorResponse && error.status >= 400 && error.status < 500 && error.status !== 429;
}
