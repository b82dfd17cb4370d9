import type { ErrorAnswer } from '../../../../protocol/http';

/** A field at fault. */
export interface FieldFault {
  /** As the server names it: `title`, `actions.1.label`. */
  field: string;
  /** One sentence for the person. */
  reason: string;
}

/**
 * Words of a refusal, in the person's language. They are loaded on demand, since most people never see a refusal; if
 * that fails, the server's English stays.
 */
export async function refused(answer: ErrorAnswer): Promise<{ message: string; fields: FieldFault[] }> {
  const { message, details = [] } = answer;
  try {
    const { fieldWords, refusalWords } = await import('./refusal-words');
    const fields = details.map((fault) => ({ field: fault.field, reason: fieldWords(fault) }));
    return { message: refusalWords(answer), fields };
  } catch {
    return { message, fields: details };
  }
}
