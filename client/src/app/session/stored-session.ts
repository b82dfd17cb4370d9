import { browserName } from '#app/platform/browser-name';
import { forget, readStored, store } from '#app/platform/browser-storage';

export interface SignedIn {
  username: string;
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Whether the demo account of a development server signed in automatically. */
  isDemo: boolean;
}

export const SESSION_KEY = browserName('session');
/** Set when a person signs out, so that the demo account does not sign in behind their back. */
const SIGNED_OUT_KEY = browserName('signed-out');

/** The session stored in this browser, which may have expired. */
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
