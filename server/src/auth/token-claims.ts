import type { Principal } from './principal.js';

/** The last instant that a date holds, in seconds since 1970 (ECMA-262, section 21.4.1.1). */
const LAST_SECOND = 8.64e12;

/** What Herald puts into a token (RFC 7519). Instants are in seconds since 1970. */
export interface TokenClaims {
  /** The username. */
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
  /** When the person gave their password (OpenID Connect Core 1.0, section 2). */
  readonly auth_time: number;
  /** Tells the token from every other, also within the second in which the last one was issued. */
  readonly jti: string;
  /** The sign-in, which all tokens renewed from it share (OpenID Connect Front-Channel Logout 1.0, section 3). */
  readonly sid: string;
  /** The generation of the account's tokens. */
  readonly gen: number;
  /** The store that knows the account. */
  readonly store: string;
}

/** Who a token speaks for, and the store that it is of. */
export interface ReadClaims {
  readonly principal: Principal;
  readonly storeId: string;
}

/** Reads the claims of a token whose signature is ours. @returns undefined when they are not as we write them */
export function readClaims(payload: unknown): ReadClaims | undefined {
  if (!areClaims(payload)) return undefined;
  const { sub, exp, auth_time, sid, gen, store } = payload;
  return {
    principal: { username: sub, sessionId: sid, generation: gen, signedInAt: auth_time * 1000, expiresAt: exp * 1000 },
    storeId: store,
  };
}

/** Whether a token has an object for its claims. jsonwebtoken looks into them before it knows. */
export function hasClaims(token: string): boolean {
  const [, claims = ''] = token.split('.');
  try {
    const payload: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  } catch {
    return false;
  }
}

function areClaims(payload: unknown): payload is TokenClaims {
  if (typeof payload !== 'object' || payload === null) return false;
  const { sub, iat, exp, auth_time, jti, sid, gen, store } = payload as Record<string, unknown>;
  return (
    [sub, jti, sid, store].every(isText) &&
    [iat, exp, auth_time].every(isInstant) &&
    Number.isSafeInteger(gen)
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isInstant(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LAST_SECOND;
}
