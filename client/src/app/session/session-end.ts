import type { ErrorAnswer, RefusalCode } from '@herald/protocol';

/**
 * Reason why the server ended a session. `expired`: at its regular end. `revoked`: early, since the account was removed
 * or its password changed. `forgotten`: by a restart of a server without storage.
 */
export type SessionEnd = 'expired' | 'revoked' | 'forgotten';

/** Whether the server refused a token because a restart has revoked all tokens. */
export async function isForgotten(refusal: Response): Promise<boolean> {
  const forgotten: RefusalCode = 'sign_in_forgotten';
  const body = (await refusal.json().catch(() => null)) as Partial<ErrorAnswer> | null;
  return body?.code === forgotten;
}

/** The reason for the person, in a sentence or two. */
export function endInWords(end: SessionEnd): string {
  if (end === 'forgotten')
    return $localize`:@@session.forgotten:The server was restarted. Sign in again to continue where you were.`;
  return $localize`:@@session.expired:Your session has expired. Sign in to go on.`;
}
