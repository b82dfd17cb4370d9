import type { Principal } from './principal.js';

/** The latest instant that a `Date` can hold, in seconds since 1970 (ECMA-262, section 21.4.1.1). */
const LAST_SECOND = 8.64e12;

/** Claims of a Herald token (RFC 7519). Instants are in seconds since 1970. */
export interface TokenClaims {
  /** The username. */
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
  /** When the person entered their password (OpenID Connect Core 1.0, section 2). */
  readonly auth_time: number;
  /** Makes each token unique, even within one second. */
  readonly jti: string;
  /** Id of the sign-in, which renewed tokens keep (OpenID Connect Front-Channel Logout 1.0, section 3). */
  readonly sid: string;
  /** The account's token generation when the token was issued. */
  readonly gen: number;
  /** The store that holds the account. */
  readonly store: string;
}

/** The audience of a ticket (RFC 7519, section 4.1.3). A token has none. */
export const TICKET = 'ticket';

/** Claims of a ticket: those of the token that it was made with, with an expiry and an id of its own. */
export interface TicketClaims extends TokenClaims {
  readonly aud: typeof TICKET;
  /** When that token expires. */
  readonly token_exp: number;
  /** The origin that may use the ticket; absent: programs. */
  readonly origin?: string;
}

/** The principal of a token, and the store that issued it. */
export interface ReadClaims {
  readonly principal: Principal;
  readonly storeId: string;
}

/** The claims of a ticket. */
export interface ReadTicket extends ReadClaims {
  readonly id: string;
  readonly origin: string | undefined;
  /** When the ticket expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Reads the claims of a token with a valid signature. @returns undefined if they are not `TokenClaims` of a token */
export function readClaims(payload: unknown): ReadClaims | undefined {
  if (!areClaims(payload) || 'aud' in payload) return undefined;
  return claimsIn(payload);
}

/** Reads the claims of a ticket with a valid signature. @returns undefined if they are not `TicketClaims` */
export function readTicketClaims(payload: unknown): ReadTicket | undefined {
  if (!areClaims(payload)) return undefined;
  const { aud, jti, exp, token_exp, origin } = payload as Partial<TicketClaims> & TokenClaims;
  if (aud !== TICKET || !isInstant(token_exp) || (origin !== undefined && !isText(origin))) return undefined;
  const { principal, storeId } = claimsIn({ ...payload, exp: token_exp });
  return { principal, storeId, id: jti, origin, expiresAt: exp * 1000 };
}

function claimsIn(payload: TokenClaims): ReadClaims {
  const { sub, exp, auth_time, sid, gen, store } = payload;
  return {
    principal: { username: sub, sessionId: sid, generation: gen, signedInAt: auth_time * 1000, expiresAt: exp * 1000 },
    storeId: store,
  };
}

/** Whether a token's payload is an object. jsonwebtoken reads claims without checking that. */
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
  return [sub, jti, sid, store].every(isText) && [iat, exp, auth_time].every(isInstant) && Number.isSafeInteger(gen);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LAST_SECOND;
}
