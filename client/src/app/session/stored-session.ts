import { forget, readStored, store } from '../storage/browser-storage';

export interface SignedIn {
  username: string;
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Signed in by itself with the demo account of a development server. */
  isDemo: boolean;
}

export const SESSION_KEY = 'herald.session';
/** Set once a person has signed out: the demo account must not sign in again behind their back. */
const SIGNED_OUT_KEY = 'herald.signed-out';

/** The session that this browser remembers; it may have expired. */
export function readStoredSession(): SignedIn | null {
  return parse(readStored(SESSION_KEY));
}

export function hasExpired({ expiresAt }: SignedIn, now: number): boolean {
  return expiresAt <= now;
}

export function storeSession(session: SignedIn): void {
  store(SESSION_KEY, JSON.stringify(session));
  forget(SIGNED_OUT_KEY);
}

export function forgetSession(): void {
  forget(SESSION_KEY);
}

export function rememberSignOut(): void {
  store(SIGNED_OUT_KEY, 'true');
}

export function hasSignedOut(): boolean {
  return readStored(SIGNED_OUT_KEY) !== null;
}

function parse(text: string | null): SignedIn | null {
  if (text === null) return null;
  try {
    const { username, token, expiresAt, isDemo } = JSON.parse(text) as Partial<SignedIn>;
    if (typeof username !== 'string' || typeof token !== 'string' || typeof expiresAt !== 'number') return null;
    return { username, token, expiresAt, isDemo: isDemo === true };
  } catch {
    return null;
  }
}
