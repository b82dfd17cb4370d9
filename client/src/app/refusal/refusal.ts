import { HeraldError } from '@herald/client/api';
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
  if (!(error instanceof HeraldError)) throw error;
  const { status, answer, isFinal } = error;
  const isKnown = status === 503 ? answer !== undefined : status > 0 && status < 500;
  if (!isKnown) return new Refused(unreachable, [], true);
  return answer === undefined
    ? new Refused($localize`:@@refusal.other:The server rejected the request.`, [], !isFinal)
    : inWords(answer, !isFinal);
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
