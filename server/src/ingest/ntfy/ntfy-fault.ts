import { Refusal } from '../../http/refusal/refusal.js';

/** A fault of a message, with the code that ntfy has for it. */
export class NtfyFault extends Refusal {
  constructor(
    readonly ntfyCode: number,
    message: string,
  ) {
    super(400, 'bad_request', message);
  }
}

const CODES: Readonly<Record<number, number>> = { 401: 40101, 403: 40301, 404: 40401, 413: 41301, 429: 42901 };
const LINKS: Readonly<Record<number, string>> = {
  401: 'https://ntfy.sh/docs/publish/#authentication',
  403: 'https://ntfy.sh/docs/publish/#authentication',
  429: 'https://ntfy.sh/docs/publish/#limitations',
};

/** A refusal as ntfy answers it. @param reason words for people */
export function ntfyError(refusal: Refusal, reason: string): object {
  const { statusCode: http } = refusal;
  const code = refusal instanceof NtfyFault ? refusal.ntfyCode : (CODES[http] ?? http * 100 + (http < 500 ? 0 : 1));
  return { code, http, error: reason, link: LINKS[http] ?? 'https://ntfy.sh/docs/publish/' };
}
