import type { HttpErrorResponse } from '@angular/common/http';
import { type ErrorAnswer, SIGN_IN_FORGOTTEN } from '../../../../protocol/http';

/**
 * How the server ended a session. `expired`: in its time. `revoked`: before, since the account is gone or has another
 * password. `forgotten`: the server keeps nothing over a restart, and was restarted.
 */
export type SessionEnd = 'expired' | 'revoked' | 'forgotten';

/** Whether a token is refused because the server has forgotten all of them. */
export function isForgotten({ error }: HttpErrorResponse): boolean {
  return (error as Partial<ErrorAnswer> | null)?.message === SIGN_IN_FORGOTTEN;
}

/** Why it ended, for the person, in a sentence or two. */
export function endInWords(end: SessionEnd): string {
  if (end === 'forgotten') return $localize`:@@session.forgotten:The server was restarted, and everyone signs in once more. Then you are back where you were.`;
  return $localize`:@@session.expired:Your session has expired. Sign in to go on.`;
}
